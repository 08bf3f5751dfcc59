import LuaRuntime

/// `modem.certs`: the certificate files of the module.
final class CertificatesObject: LuaObject {
    let link: ModemLink

    init(link: ModemLink) {
        self.link = link
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "Certificates",
        "The certificate files of the module. None can be read back, so names may carry the proof of their content."
    )
}
