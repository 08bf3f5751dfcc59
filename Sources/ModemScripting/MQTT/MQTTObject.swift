import LuaRuntime

/// `modem.mqtt`: the MQTT service of the module.
final class MQTTObject: LuaObject {
    let link: ModemLink

    init(link: ModemLink) {
        self.link = link
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass("MQTT", "The MQTT service of the module: two clients.")
}
