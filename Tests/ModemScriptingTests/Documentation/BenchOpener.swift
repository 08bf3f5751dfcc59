import A7600
import LuaRuntime
import ModemScripting
import ModemSession
import ModemSimulator
import ModemTransports

/// Opens further simulated modules for `modem.open`; each has a broker of its own in memory.
struct BenchOpener: ModemOpener {
    func open(port: String, profile: String?) async throws -> OpenedModem {
        guard port == "sim" else { throw LuaFailure(.closed, "no port \(port) here") }
        let chosen = profile.flatMap { Profile(name: $0) } ?? .a7600
        return try await OpenedModem.held { body in
            try await Self.withModem(chosen, body)
        }
    }

    private static func withModem(_ profile: Profile, _ body: (OpenedModem) async throws -> Void) async throws {
        let line = InProcessLine(name: "sim", loop: LineLoop.shared)
        var configuration = ModuleConfiguration()
        configuration.profile = profile
        let module = try SimulatedModule(
            configuration: configuration,
            uplink: { InMemoryNetwork(deliver: $0) },
            executor: line.executor.serialExecutor,
            outlets: SimulatedModule.Outlets(transmit: { line.send($0) }, persist: { _ in })
        )
        line.onReceive { bytes, _ in module.assumeIsolated { $0.receive(bytes) } }
        await module.start()
        try await withSession(on: line, configuration: profile.engineConfiguration()) { session in
            try await body(OpenedModem(session: session, profile: profile, port: "sim"))
        }
        await module.shutdown()
    }
}
