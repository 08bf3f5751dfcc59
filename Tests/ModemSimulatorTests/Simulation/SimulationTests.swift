import Glibc
import Testing

@testable import ModemSimulator

/// Engine core, simulated module and broker in one thread under a virtual clock.
///
/// `MOONWIRE_SIM_SEEDS` says how many seeds are run, `MOONWIRE_SIM_SEED` names one to replay with its whole log.
@Suite("Deterministic simulation", .timeLimit(.minutes(10)))
struct SimulationTests {
    private static let batches = 4

    private static func setting(_ name: String) -> UInt64? {
        getenv(name).flatMap { UInt64(String(cString: $0)) }
    }

    @Test("Every seed keeps the properties", arguments: 0..<batches) func seeds(batch: Int) async {
        if let seed = Self.setting("MOONWIRE_SIM_SEED") {
            guard batch == 0 else { return }
            let world = World(seed: seed)
            world.isLogging = true
            world.run()
            print(world.log.joined(separator: "\n"))
            #expect(world.violations.isEmpty, "seed \(seed): \(world.violations.joined(separator: "; "))")
            return
        }
        let count = Self.setting("MOONWIRE_SIM_SEEDS") ?? 100
        for seed in stride(from: UInt64(batch), to: count, by: Self.batches) {
            // A run never waits, and other tests want the thread as well.
            await Task.yield()
            let world = World(seed: seed)
            world.run()
            #expect(
                world.violations.isEmpty,
                """
                \(world.violations.joined(separator: "; "))
                replay: MOONWIRE_SIM_SEED=\(seed) swift test --filter SimulationTests
                """
            )
        }
    }

    @Test("A lost result does not swallow the next one, however soon the user tries again")
    func lostResults() {
        // The engine keeps a lost result's place for six minutes, and a prompt retry falls into it again and again.
        withKnownIssue(isIntermittent: true) {
            let world = World(seed: 98, .none)
            world.run()
            #expect(world.violations.isEmpty)
        }
    }

    @Test("A seed replays exactly") func replays() async {
        for seed in UInt64(0)..<3 {
            await Task.yield()
            let logs = (0..<2).map { _ in
                let world = World(seed: seed)
                world.isLogging = true
                world.run()
                return world.log
            }
            #expect(logs[0] == logs[1])
            #expect(logs[0].count > 50)
        }
    }
}
