import Subprocess

/// Runs a private broker for the time of the closure.
///
/// The closure begins when the broker has accepted an MQTT connection. The broker and its folder are gone when this
/// function returns or throws, whatever the reason, and also when this process dies (see `BrokerSupervisor`). The broker
/// lives as long as the closure runs, even if the task is cancelled in between, so that what cleans up can still reach it.
///
/// - Throws: `PrivateBrokerError`, or what the closure throws.
package func withPrivateBroker<Result>(
    _ configuration: PrivateBrokerConfiguration = .init(),
    _ body: (PrivateBroker) async throws -> Result
) async throws -> Result {
    let program = try MosquittoProgram.find(in: configuration.searchPath)
    if let port = configuration.port {
        try FreePort.check(port)
    }
    // Between the choice of a free port and the broker's use of it another program may take it.
    for _ in 0..<4 {
        if let supervisor = try await BrokerSupervisor.start(program, configuration) {
            return try await supervisor.run(body)
        }
    }
    throw PrivateBrokerError(.didNotStart, detail: "no port stayed free")
}
