import ModemSimulator
import MosquittoUplink
import Testing

/// What every uplink must do, against a real broker.
@Suite(.timeLimit(.minutes(5))) struct ConformanceTests {
    @Test(arguments: UplinkConformance.checks)
    func `The uplink on libmosquitto does what every uplink must do`(check: UplinkConformance.Check) async throws {
        try await withPrivateBroker { broker in
            let surroundings = UplinkConformance.Surroundings(host: "broker.example", port: 1883, deadPort: 1885)
            try await check.run(MosquittoUplink.factory(directory: broker.directory), in: surroundings)
        }
    }
}
