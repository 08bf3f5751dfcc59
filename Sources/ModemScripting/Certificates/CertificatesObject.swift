import A7600
import LuaRuntime
import Synchronization

/// `modem.certs`: the certificate files of the module.
final class CertificatesObject: LuaObject {
    let link: ModemLink

    init(link: ModemLink) {
        self.link = link
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "Certificates",
        "The certificate files of the module. None can be read back, so a name may carry the proof of its content.",
        receiver: "modem.certs",
        methods: [list, install, delete, sync]
    )

    static let sources: [LuaDocumentation.Parameter] = [
        .init("file", "string", optional: true, "File to read: in the script's folder or a granted one."),
        .init("pem", "string|secret", optional: true, "The content itself, PEM or DER."),
        .init("secret", "secret", optional: true, "The content as a secret: `secret.file \"unit.key\"`."),
        .init("check", "boolean", default: "true", "false: sent as it is, whatever it holds."),
    ]

    static let installed = LuaDocumentation.Result(
        "InstalledFile",
        "`name`, `bytes`, `sha256`, `skipped` (it was there already), `warnings`."
    )

    private static let list = LuaFunction.flow(
        "list",
        LuaDocumentation(
            "Names the files in the module's store.",
            parameters: [.options([.timeout(default: "30")])],
            results: [.init("string[]", "In the order of their first download.")],
            errors: LuaDocumentation.Raised.command,
            example: #"for _, name in ipairs(modem.certs:list()) do print(name) end"#
        )
    ) { call throws(LuaFailure) in
        let certificates = try call.receiver(as: CertificatesObject.self)
        let options = try call.arguments.options(0, known: ["timeout"])
        return FlowStart(
            link: certificates.link,
            timeout: try options.duration("timeout") ?? .seconds(30),
            parameters: ()
        )
    } _: { flow, _ in
        .values([.list(try await flow.storedFiles().map { .text($0) })])
    }

    private static let install = LuaFunction.flow(
        "install",
        LuaDocumentation(
            "Puts a file into the store, after checking it. A content-addressed one is sent only when it is missing.",
            parameters: [
                .fields(
                    [
                        .init(
                            "name",
                            "string",
                            unit: "bytes",
                            #"Name of 5 to 108 bytes ending in .pem or .der; "auto": made of the content."#
                        ),
                        .init("prefix", "string", default: #""file""#, #"With "auto": `ca` gives `ca-3f9a12cd.pem`."#),
                    ] + sources + [.timeout(default: "120")]
                )
            ],
            results: [installed],
            errors: LuaDocumentation.Raised.command + [.check, .denied],
            example: #"local ca = modem.certs:install{ name = "auto", prefix = "ca", file = "ca.pem" }"#
        )
    ) { call throws(LuaFailure) in
        let certificates = try call.receiver(as: CertificatesObject.self)
        _ = try call.arguments.table(0)
        let options = try call.arguments.options(
            0,
            known: ["name", "prefix", "timeout"] + sources.map(\.name)
        )
        let file = try OutgoingFile(options, host: call.host, link: certificates.link)
        return FlowStart(
            link: certificates.link,
            timeout: try options.duration("timeout") ?? .seconds(120),
            gates: [.files],
            parameters: file
        )
    } _: { flow, file in
        let stored = try await flow.storedFiles()
        return .values([try await flow.install(file, stored: stored)])
    }

    private static let delete = LuaFunction.flow(
        "delete",
        LuaDocumentation(
            "Deletes a file from the store.",
            parameters: [.init("name", "string", "As in `list`."), .options([.timeout(default: "30")])],
            results: [.init("boolean", "false: there was none of that name.")],
            errors: LuaDocumentation.Raised.command,
            example: #"modem.certs:delete("old-ca.pem")"#
        )
    ) { call throws(LuaFailure) in
        let certificates = try call.receiver(as: CertificatesObject.self)
        let name = try call.arguments.text(0)
        let options = try call.arguments.options(1, known: ["timeout"])
        let command = try certificates.link.make { commands throws(ArgumentFault) in
            try commands.certificateDelete(name: name)
        }
        return FlowStart(
            link: certificates.link,
            timeout: try options.duration("timeout") ?? .seconds(30),
            gates: [.files],
            parameters: (name: name, command: command)
        )
    } _: { flow, request in
        guard try await flow.storedFiles().contains(request.name) else { return .values([.boolean(false)]) }
        try await flow.send(request.command)
        flow.link.module.withLock { $0.files[request.name] = nil }
        return .values([.boolean(true)])
    }

    private static let sync = LuaFunction.flow(
        "sync",
        LuaDocumentation(
            "Makes the store hold these files. The checks of all come before the first byte is sent.",
            parameters: [
                .init(
                    "files",
                    "table<string, table>",
                    "By name: `file`, `pem` or `secret`, as for `install`; and `prune`.",
                    options: [.init("prune", "boolean", default: "false", "Deletes all other files.")]
                )
            ],
            results: [.init("SyncResult", "Lists of names: `installed`, `skipped`, `deleted`.")],
            errors: LuaDocumentation.Raised.command + [.check, .denied],
            example: #"modem.certs:sync{ ["ca.pem"] = { file = "ca.pem" }, prune = false }"#
        )
    ) { call throws(LuaFailure) in
        let certificates = try call.receiver(as: CertificatesObject.self)
        let request = try SyncRequest(call.arguments, host: call.host, link: certificates.link)
        return FlowStart(
            link: certificates.link,
            timeout: .seconds(600),
            gates: [.files],
            parameters: request
        )
    } _: { flow, request in
        try await request.run(flow)
    }
}
