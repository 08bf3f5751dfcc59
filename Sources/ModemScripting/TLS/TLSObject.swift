import LuaRuntime

/// `modem.tls`: the SSL contexts of the module.
final class TLSObject: LuaObject {
    let link: ModemLink

    init(link: ModemLink) {
        self.link = link
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "TLS",
        "The SSL contexts of the module.",
        receiver: "modem.tls",
        methods: [
            .synchronous(
                "context",
                LuaDocumentation(
                    "One of the ten contexts; nothing is sent.",
                    parameters: [.init("index", "integer", in: 0...9, "0 to 9.")],
                    results: [.init("TLSContext", "To read, to apply, and for a client.")],
                    errors: [.argument, .closed],
                    example: #"local ctx = modem.tls:context(0)"#
                )
            ) { call throws(LuaFailure) in
                let tls = try call.receiver(as: TLSObject.self)
                try tls.link.refuseClosed()
                let index = try call.arguments.integer(0, in: 0...9)
                try call.push(.object(TLSContextObject(link: tls.link, index: Int(index))))
            }
        ]
    )
}
