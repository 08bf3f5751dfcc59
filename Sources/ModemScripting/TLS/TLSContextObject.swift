import A7600
import ATProtocol
import LuaRuntime
import Synchronization

/// One SSL context of the module.
final class TLSContextObject: LuaObject {
    let link: ModemLink
    let index: Int

    init(link: ModemLink, index: Int) {
        self.link = link
        self.index = index
    }

    /// Seconds the module may take for a negotiation, as last read or written.
    var knownNegotiateTime: Int {
        (known ?? TLSSettings(context: index)).negotiateTime
    }

    /// As last read; nil: not in this run, or a restart came between.
    var known: TLSSettings? { link.module.withLock { $0.contexts[index] } }

    func read(_ flow: Flow) async throws(LuaFailure) -> TLSSettings {
        let command = try flow.make { commands throws(ArgumentFault) in try commands.tlsContext(index) }
        let reply = try await flow.send(command)
        let profile = link.profile
        guard let settings = reply.lines.lazy.compactMap({ TLSSettings($0, profile: profile) }).first else {
            throw LuaFailure(.protocol, "AT+CSSLCFG=\(index): no context in the answer")
        }
        link.module.withLock { $0.contexts[index] = settings }
        return settings
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "TLSContext",
        "One of the ten SSL contexts of the module. A restart of the module clears them.",
        receiver: "ctx",
        methods: [readFunction, apply],
        properties: [
            LuaClass.Property("index", "integer", "0 to 9.") { object throws(LuaFailure) in
                .integer((object as? TLSContextObject)?.index ?? 0)
            }
        ],
        describe: { object in "TLS context \((object as? TLSContextObject)?.index ?? 0)" }
    )

    static let fields: [LuaDocumentation.Parameter] = [
        .init(
            "version",
            "string",
            optional: true,
            oneOf: TLSVocabulary.versions,
            "Version of TLS; `all`: every one up to TLS 1.2."
        ),
        .init(
            "verify",
            "string",
            optional: true,
            oneOf: TLSVocabulary.verifications,
            "Who proves who they are: `mutual` is server and client."
        ),
        .init("ca", "string", optional: true, "File of the authority, as in `certs:list()`."),
        .init("cert", "string", optional: true, "File of the client's certificate."),
        .init("key", "string", optional: true, "File of the client's key."),
        .init("key_password", "string", optional: true, "File with the key's password."),
        .init("ignore_local_time", "boolean", optional: true, "true: dates of certificates are not checked."),
        .init(
            "negotiate_timeout",
            "number|string",
            unit: "s",
            optional: true,
            in: 10...300,
            "Limit of the negotiation."
        ),
        .init("sni", "boolean", optional: true, "Whether the name of the host is sent."),
    ]

    private static let readFunction = LuaFunction.flow(
        "read",
        LuaDocumentation(
            "Reads the context.",
            parameters: [.options([.timeout(default: "30")])],
            results: [.init("TLSSettings", "The fields of `apply`.")],
            errors: LuaDocumentation.Raised.command,
            example: #"print(modem.tls:context(0):read().verify)"#
        )
    ) { call throws(LuaFailure) in
        let context = try call.receiver(as: TLSContextObject.self)
        let options = try call.arguments.options(0, known: ["timeout"])
        return FlowStart(
            link: context.link,
            timeout: try options.duration("timeout") ?? .seconds(30),
            parameters: context
        )
    } _: { flow, context in
        .values([.table(LuaTable(try await context.read(flow), profile: flow.link.profile))])
    }

    private static let apply = LuaFunction.flow(
        "apply",
        LuaDocumentation(
            "Reads the context, writes only what differs, reads it again. Checks files, pair, clock and dates first.",
            parameters: [.fields(fields + [.timeout(default: "120")])],
            results: [.init("TLSChange[]", "`name from to text` of each change; empty when nothing differed.")],
            errors: LuaDocumentation.Raised.command + [.check],
            example: #"local changes = modem.tls:context(0):apply{ verify = "none", sni = true }"#
        )
    ) { call throws(LuaFailure) in
        let context = try call.receiver(as: TLSContextObject.self)
        _ = try call.arguments.table(0)
        let options = try call.arguments.options(0, known: fields.map(\.name) + ["timeout"])
        return FlowStart(
            link: context.link,
            timeout: try options.duration("timeout") ?? .seconds(120),
            gates: [.files],
            parameters: try TLSRequest(options, context: context)
        )
    } _: { flow, request in
        try await request.run(flow)
    }
}
