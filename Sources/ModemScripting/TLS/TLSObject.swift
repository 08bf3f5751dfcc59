import LuaRuntime

/// `modem.tls`: the SSL contexts of the module.
final class TLSObject: LuaObject {
    let link: ModemLink

    init(link: ModemLink) {
        self.link = link
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass("TLS", "The SSL contexts of the module.")
}
