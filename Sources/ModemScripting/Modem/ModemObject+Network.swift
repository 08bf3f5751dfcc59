import A7600
import ATProtocol
import LuaRuntime

extension ModemObject {
    /// Signal, registration, packet data.
    static let networkFunctions: [LuaFunction] = [signal, registration, waitRegistered, pdp, addresses]

    private static let signal = LuaFunction.flow(
        "signal",
        LuaDocumentation(
            "Asks for the strength of the signal.",
            parameters: [.options([.timeout(default: "9")])],
            results: [
                .init("Signal", "`rssi_dbm` in dBm, -113 to -51, and `ber`, class 0 to 7; each nil when not known.")
            ],
            errors: LuaDocumentation.Raised.command,
            example: #"local s = modem:signal(); measure("rssi", s.rssi_dbm, { unit = "dBm", min = -95 })"#
        ),
        plain
    ) { flow, _ in
        .last(try flow.make { commands throws(ArgumentFault) in try commands.signal() }) { reply throws(LuaFailure) in
            guard let quality = reply.lines.lazy.compactMap({ SignalQuality($0) }).first else {
                throw LuaFailure(.protocol, "AT+CSQ: no signal in the answer")
            }
            return [
                .record([
                    "rssi_dbm": quality.dBm.map { .integer($0) } ?? .nil,
                    "ber": quality.bitErrorRate.map { .integer($0) } ?? .nil,
                ])
            ]
        }
    }

    private static let registration = LuaFunction.flow(
        "registration",
        LuaDocumentation(
            "Asks where the module is registered.",
            parameters: [.options([.timeout(default: "9")])],
            results: [
                .init(
                    "Registration",
                    #"`cs`, `ps`, `eps`: "home" "roaming" "searching" "denied" "idle" "sms only" "emergency only" "unknown"."#
                )
            ],
            errors: LuaDocumentation.Raised.command,
            example: #"print(modem:registration().eps)"#
        ),
        plain
    ) { flow, _ in
        let states = try await RegistrationStates(flow)
        return .values([.table(states.table)])
    }

    private static let waitRegistered = LuaFunction.flow(
        "wait_registered",
        LuaDocumentation(
            "Waits until data services may be used: registered at home or roaming, for packet data.",
            parameters: [.options([.timeout("Total.", default: "90")])],
            results: [.init("Registration", "As `registration` returns it.")],
            errors: LuaDocumentation.Raised.command,
            example: #"modem:wait_registered{ timeout = 90 }"#
        )
    ) { call throws(LuaFailure) in
        let options = try call.arguments.options(0, known: ["timeout"])
        return FlowStart(
            link: try call.modem().link,
            timeout: try options.duration("timeout") ?? .seconds(90),
            parameters: ()
        )
    } _: { flow, _ in
        let wakeup = LineSignal(["+CREG", "+CGREG", "+CEREG", "+CPIN", "PB DONE", "SMS DONE"])
        flow.link.listeners.add(wakeup)
        defer { flow.link.listeners.remove(wakeup) }
        var last: RegistrationStates?
        while true {
            let states = try await statesNow(flow, last)
            last = states
            if states.isRegistered { return .values([.table(states.table)]) }
            guard let left = flow.left, left > .zero else { throw states.failure(after: flow.elapsed) }
            // The module reports changes only where it was told to, so it is asked as well.
            await wakeup.wait(atMost: min(left, .seconds(1)), host: flow.call.host)
            try Task.checkCancellation()
        }
    }

    /// When the time ends while the module is asked, what it said before counts.
    private static func statesNow(
        _ flow: Flow,
        _ last: RegistrationStates?
    ) async throws(LuaFailure) -> RegistrationStates {
        do throws(LuaFailure) {
            return try await RegistrationStates(flow)
        } catch {
            guard let last, error.kind == .timeout, let left = flow.left, left <= .zero else { throw error }
            throw last.failure(after: flow.elapsed)
        }
    }

    private static let pdp = LuaFunction.flow(
        "pdp",
        LuaDocumentation(
            "Defines a PDP context, and its authentication if given. Sends only what differs, and reads it back.",
            parameters: [
                .fields([
                    .init("cid", "integer", default: "1", in: 1...15, "Number of the context."),
                    .init("type", "string", default: #""IP""#, oneOf: ["IP", "IPV6", "IPV4V6"], "Kind of address."),
                    .init("apn", "string", "Name of the access point."),
                    .init("user", "string|secret", optional: true, "User name."),
                    .init("password", "string|secret", optional: true, "Password."),
                    .init("auth", "string", default: #""pap""#, oneOf: ["pap", "chap", "either"], "With a user."),
                    .timeout(default: "30"),
                ])
            ],
            results: [
                .init(
                    "string[]",
                    "What changed, in words; empty when nothing did. A run sends authentication once: no module shows it."
                )
            ],
            errors: LuaDocumentation.Raised.command + [.check],
            example: #"modem:pdp{ cid = 1, type = "IP", apn = "iot" }"#
        ),
        PDPRequest.start,
        PDPRequest.run
    )

    private static let addresses = LuaFunction.flow(
        "addresses",
        LuaDocumentation(
            "Asks for the addresses of the PDP contexts.",
            parameters: [.options([.timeout(default: "9")])],
            results: [.init("table<integer, string[]>", "By number of the context; a context that is down has none.")],
            errors: LuaDocumentation.Raised.command,
            example: #"print(modem:addresses()[1][1])"#
        ),
        plain
    ) { flow, _ in
        let command = try flow.make { commands throws(ArgumentFault) in try commands.addresses() }
        return .last(command) { reply throws(LuaFailure) in
            var table = LuaTable()
            for address in reply.lines.compactMap({ PDPAddress($0) }) where address.isActive {
                let value = LuaValue.list(address.addresses.map { .text($0) })
                table.pairs.append(.init(key: .integer(Int64(address.cid)), value: value))
            }
            return [.table(table)]
        }
    }

    /// A function whose only option is `timeout`.
    static let plain: @Sendable (LuaCall) throws(LuaFailure) -> FlowStart<Void> = { call throws(LuaFailure) in
        let options = try call.arguments.options(0, known: ["timeout"])
        return FlowStart(
            link: try call.modem().link,
            timeout: try options.duration("timeout") ?? .seconds(9),
            parameters: ()
        )
    }
}
