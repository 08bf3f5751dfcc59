import LuaRuntime

/// `compat.luatos`: tasks, timers, messages and MQTT as LuatOS has them. Times are in milliseconds.
enum LuatosLibrary {
    static let name = "compat.luatos"
    static let library = LuaLibrary(
        name,
        source: sysSource + mqttSource + lastly,
        reference: [globals, sys, mqtt, mobile]
    )

    /// Only names that are free; `require "sys"` and `require "mqtt"` work from then on as well.
    private static let lastly = #"""

        local mobile = {}

        function mobile.imei() return modem:info().imei end
        function mobile.imsi() return modem:info().imsi end
        function mobile.iccid() return modem:info().iccid end
        function mobile.rssi() return modem:signal().rssi_dbm end

        function mobile.csq()
            local rssi = mobile.rssi()
            return rssi and (rssi + 113) // 2 or 99
        end

        local modules = { sys = sys, sysplus = {}, mqtt = mqtt, mobile = mobile }
        for name, module in pairs(modules) do
            package.loaded[name] = package.loaded[name] or module
            if rawget(_G, name) == nil then rawset(_G, name, module) end
        end
        for _, name in ipairs { "PROJECT", "VERSION" } do
            if rawget(_G, name) == nil then rawset(_G, name, "") end
        end
        return modules
        """#

    private static let mobile = LuaReference.Module(
        "mobile",
        "Who the module and its SIM are, as LuatOS asks.",
        functions: [
            asking("imei", "The IMEI of the module.", .init("string", "15 digits.")),
            asking("imsi", "The IMSI of the SIM.", .init("string?", "Nil without a SIM.")),
            asking("iccid", "The ICCID of the SIM.", .init("string?", "Nil without a SIM.")),
            asking("rssi", "The strength of the signal.", .init("integer?", "In dBm; nil when not known.")),
            asking("csq", "The strength of the signal as AT+CSQ counts it.", .init("integer", "0 to 31, or 99.")),
        ],
        provider: name
    )

    private static func asking(
        _ function: String,
        _ summary: String,
        _ result: LuaDocumentation.Result
    ) -> LuaReference.Function {
        LuaReference.Function(
            function,
            LuaDocumentation(
                summary,
                results: [result],
                errors: LuaDocumentation.Raised.command.filter { $0.kind != .argument },
                example: "require \"compat.luatos\"; print(mobile.\(function)())"
            ),
            waits: true
        )
    }

    private static let globals = LuaReference.Module(
        name,
        "Scripts for LuatOS: `sys`, `mqtt`, `mobile`, milliseconds. The globals of a script still need `local`.",
        placement: .globals,
        constants: [
            LuaReference.Field("PROJECT", "string", "The script's own name; LuatOS scripts set it."),
            LuaReference.Field("VERSION", "string", "The script's own version; LuatOS scripts set it."),
            LuaReference.Field("sysplus", "table", "Empty: LuatOS scripts require it for `mqtt`."),
        ],
        provider: name
    )
}
