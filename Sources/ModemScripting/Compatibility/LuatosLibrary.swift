import LuaRuntime

/// `compat.luatos`: tasks, timers, messages and MQTT as LuatOS has them. Times are in milliseconds.
enum LuatosLibrary {
    static let name = "compat.luatos"
    static let library = LuaLibrary(
        name,
        source: sysSource + mqttSource + lastly,
        reference: [globals, sys, mqtt]
    )

    /// Only names that are free; `require "sys"` and `require "mqtt"` work from then on as well.
    private static let lastly = #"""

        for name, value in pairs { sys = sys, mqtt = mqtt, PROJECT = "", VERSION = "" } do
            if rawget(_G, name) == nil then rawset(_G, name, value) end
        end
        package.loaded.sys = package.loaded.sys or sys
        package.loaded.mqtt = package.loaded.mqtt or mqtt
        return { sys = sys, mqtt = mqtt }
        """#

    private static let globals = LuaReference.Module(
        name,
        "Scripts for LuatOS: `sys` and `mqtt`, milliseconds. The globals of a script still need `local`.",
        placement: .globals,
        constants: [
            LuaReference.Field("PROJECT", "string", "The script's own name; LuatOS scripts set it."),
            LuaReference.Field("VERSION", "string", "The script's own version; LuatOS scripts set it."),
        ],
        provider: name
    )
}
