import A7600
import ATProtocol
import LuaRuntime
import ModemSession

extension ModemObject {
    /// Who the module is.
    static let identityFunctions: [LuaFunction] = [
        .flow(
            "info",
            LuaDocumentation(
                "Asks the module and its SIM who they are.",
                parameters: [.options([.timeout(default: "30")])],
                results: [
                    .init(
                        "ModemInfo",
                        "`manufacturer model revision imei imsi iccid`; the last two are nil without a SIM."
                    )
                ],
                errors: LuaDocumentation.Raised.command,
                example: #"local info = modem:info(); print(info.model, info.imei)"#
            )
        ) { call throws(LuaFailure) in
            let options = try call.arguments.options(0, known: ["timeout"])
            return FlowStart(
                link: try call.modem().link,
                timeout: try options.duration("timeout") ?? .seconds(30),
                parameters: ()
            )
        } _: { flow, _ in
            let manufacturer = try await identity(flow, "+CGMI")
            let model = try await identity(flow, "+CGMM")
            let revision = try await identity(flow, "+CGMR")
            let imei = try await identity(flow, "+CGSN")
            let imsi = try await identityOfSIM(flow, "+CIMI")
            let iccid = try await identityOfSIM(flow, "+CICCID")
            return .values([
                .record([
                    "manufacturer": .text(manufacturer), "model": .text(model), "revision": .text(revision),
                    "imei": .text(imei), "imsi": .optional(imsi), "iccid": .optional(iccid),
                ])
            ])
        },
        .synchronous(
            "profile_name",
            LuaDocumentation(
                "The name of the firmware profile the modem is driven by.",
                results: [.init("string", "`a7600`, `a7670` or `sim7600`.")],
                errors: [],
                example: #"print(modem:profile_name())"#
            )
        ) { call throws(LuaFailure) in
            try call.push(.text(try call.receiver(as: ModemObject.self).link.profile.name))
        },
    ]

    /// The value of an identification command, without its name.
    fileprivate static func identity(_ flow: Flow, _ name: String) async throws(LuaFailure) -> String {
        let reply = try await flow.send(try flow.make { commands throws(ArgumentFault) in try commands.identity(name) })
        return value(reply)
    }

    /// Nil when there is no SIM to ask, or it is not ready.
    private static func identityOfSIM(_ flow: Flow, _ name: String) async throws(LuaFailure) -> String? {
        let command = try flow.make { commands throws(ArgumentFault) in try commands.identity(name) }
        switch await flow.attempt(command) {
        case .success(let reply): return value(reply)
        case .failure(let failure):
            switch failure.code {
            case .cme, .error: return nil
            case .timeout, .cms, .result, .lost, .prompt, .cancelled, .closed, .protocolFault, .argument:
                throw flow.link.failure(failure)
            }
        }
    }

    private static func value(_ reply: Reply) -> String {
        reply.lines.first.flatMap { AnswerFields($0.bytes).text(0) } ?? numeric(reply)
    }

    /// An IMEI is all digits, which fields read as a number.
    private static func numeric(_ reply: Reply) -> String {
        guard let line = reply.lines.first?.text else { return "" }
        guard line.hasPrefix("+"), let colon = line.firstIndex(of: ":") else { return line }
        return String(line[line.index(after: colon)...].drop { $0 == " " })
    }
}

extension Flow {
    /// The module's number, asked for unless the session knows it.
    func imei() async throws(LuaFailure) -> String {
        if let known = link.session.identity?.first?.text { return known }
        return try await ModemObject.identity(self, "+CGSN")
    }
}
