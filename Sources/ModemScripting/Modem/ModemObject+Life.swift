import A7600
import ATProtocol
import LuaRuntime
import Synchronization

extension ModemObject {
    /// Restarting a modem, opening and closing further ones.
    static func lifeFunctions(_ registration: RegistryReference) -> [LuaFunction] {
        [restart, open(registration), closeFunction(registration)]
    }

    private static let restart = LuaFunction.flow(
        "restart",
        LuaDocumentation(
            "Restarts the module and waits until it answers again, with echo and error reports as before.",
            parameters: [.options([.timeout("Total, until it answers.", default: "60")])],
            results: [.init("number", "Seconds the restart took.")],
            errors: LuaDocumentation.Raised.command,
            example: #"modem:restart{ timeout = 60 }; modem:wait_registered()"#
        )
    ) { call throws(LuaFailure) in
        let options = try call.arguments.options(0, known: ["timeout"])
        return FlowStart(
            link: try call.modem().link,
            timeout: try options.duration("timeout") ?? .seconds(60),
            gates: FlowGates.Name.allCases,
            parameters: ()
        )
    } _: { flow, _ in
        let restarted = LineSignal([])
        flow.link.listeners.add(restarted)
        defer { flow.link.listeners.remove(restarted) }
        try await flow.send(try flow.make { commands throws(ArgumentFault) in try commands.restart() })
        await restarted.wait(atMost: flow.left ?? .seconds(60), host: flow.call.host)
        try Task.checkCancellation()
        try await flow.send(try flow.make { commands throws(ArgumentFault) in try commands.probe() })
        try await waitForSIM(flow)
        flow.link.module.withLock { $0.restarted() }
        return .values([.number(Seconds.of(flow.elapsed))])
    }

    /// Just after a start the SIM is busy for up to 30 s. A module without a SIM is up all the same.
    private static func waitForSIM(_ flow: Flow) async throws {
        let signal = LineSignal(["+CPIN"])
        flow.link.listeners.add(signal)
        defer { flow.link.listeners.remove(signal) }
        let command = try flow.make { commands throws(ArgumentFault) in try commands.pinState() }
        while true {
            guard case .failure(let failure) = await flow.attempt(command) else { return }
            switch failure.code {
            case .cme(let code) where code != 13 && code != 14: return
            case .cme, .error: break
            case .timeout, .cms, .result, .lost, .prompt, .cancelled, .closed, .protocolFault, .argument:
                throw flow.link.failure(failure)
            }
            guard let left = flow.left, left > .zero, flow.elapsed < .seconds(30) else { return }
            await signal.wait(atMost: min(left, .milliseconds(250)), host: flow.call.host)
            try Task.checkCancellation()
        }
    }

    private static func open(_ registration: RegistryReference) -> LuaFunction {
        .async("open", openDocumentation, options: [.withoutReceiver]) { call in
            let registry = try registration.require()
            let (port, profile) = try openArguments(call.arguments)
            return [.object(try await registry.open(port: port, profile: profile))]
        }
    }

    private static let openDocumentation = LuaDocumentation(
        "Opens a further modem in the same script. Write it with a dot: `modem.open`.",
        parameters: [
            .fields([
                .init("port", "string", "As for `--port`: `/dev/ttyUSB2`, `imei:…`, `sim`."),
                .init("profile", "string", optional: true, oneOf: Profile.allNames, "Firmware profile."),
            ])
        ],
        results: [.init("Modem", "Closes with `<close>`, or with the run.")],
        errors: [.argument, .closed, .denied],
        example: #"local second <close> = modem.open{ port = "sim" }; print(second:info().imei)"#
    )

    private static func openArguments(
        _ arguments: LuaArguments
    ) throws(LuaFailure) -> (port: String, profile: String?) {
        _ = try arguments.table(0)
        let options = try arguments.options(0, known: ["port", "profile"])
        guard let port = try options.text("port") else { throw options.failure("port", "is missing") }
        return (port, try options.choice("profile", of: Profile.allNames))
    }

    static func closeFunction(_ registration: RegistryReference) -> LuaFunction {
        .async("close", closeDocumentation) { call in
            let modem = try call.modem()
            await (try registration.require()).close(modem)
            return []
        }
    }

    private static let closeDocumentation = LuaDocumentation(
        "Closes a modem that the script has opened; the run's own modem stays open.",
        errors: [],
        example: #"local second = modem.open{ port = "sim" }; second:at("AT"); second:close()"#
    )
}
