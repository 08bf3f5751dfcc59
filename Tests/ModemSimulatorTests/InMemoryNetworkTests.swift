import Testing

@testable import ModemSimulator

@Suite("The in-memory uplink", .timeLimit(.minutes(5)))
struct InMemoryNetworkTests {
    @Test("Does what every uplink must do", arguments: UplinkConformance.checks)
    func conforms(_ check: UplinkConformance.Check) async throws {
        try await check.run(
            { deliver in
                var broker = InMemoryUplink()
                broker.reachable = ["broker.example:1883"]
                return InMemoryNetwork(broker, deliver: deliver)
            },
            in: UplinkConformance.Surroundings(host: "broker.example", port: 1883, deadPort: 1)
        )
    }
}
