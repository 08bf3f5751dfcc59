import A7600
import ATProtocol
import LuaRuntime

/// The three registrations of a module, as read at one time.
struct RegistrationStates: Sendable {
    private var states: [RegistrationDomain: RegistrationState] = [:]

    init(_ flow: Flow) async throws(LuaFailure) {
        for domain in RegistrationDomain.allCases {
            let command = try flow.make { commands throws(ArgumentFault) in try commands.registration(domain) }
            let reply = try await flow.send(command)
            states[domain] = reply.lines.lazy.compactMap { Registration($0)?.state }.first
        }
    }

    /// Whether data may flow. Circuit switched service alone is not enough.
    var isRegistered: Bool {
        [RegistrationDomain.packetSwitched, .eps].contains { states[$0]?.isRegistered ?? false }
    }

    var table: LuaTable {
        LuaTable([
            "cs": word(.circuitSwitched), "ps": word(.packetSwitched), "eps": word(.eps),
        ])
    }

    private func word(_ domain: RegistrationDomain) -> LuaValue {
        .optional(states[domain]?.name)
    }

    func failure(after elapsed: Duration) -> LuaFailure {
        let state = states[.eps] ?? .unknown
        var failure = LuaFailure(
            .timeout,
            "not registered within \(Seconds.shown(elapsed)) s: \(state.words)",
            name: state.name,
            hint: "check SIM, plan, antenna and APN; signal() tells whether a network is heard at all"
        )
        failure.elapsed = Seconds.of(elapsed)
        return failure
    }
}
