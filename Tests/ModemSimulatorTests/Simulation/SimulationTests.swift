import DeterministicSimulation
import Testing

/// Engine core, simulated module and broker in one thread under a virtual clock; `scripts/test` runs 2000 seeds of it
/// with optimised code, `scripts/soak` as many as it can.
@Suite("Deterministic simulation", .timeLimit(.minutes(10)))
struct SimulationTests {
    @Test("Every seed keeps the properties", arguments: [0..<25, 25..<50, 50..<75, 75..<100] as [Range<UInt64>])
    func seeds(_ range: Range<UInt64>) async {
        for seed in range {
            // A run never waits, and other tests want the thread as well.
            await Task.yield()
            let world = World(seed: seed)
            world.run()
            #expect(
                world.violations.isEmpty,
                """
                \(world.violations.joined(separator: "; "))
                replay: scripts/soak --seed \(seed)
                """
            )
            // A run whose users get nowhere keeps every property.
            #expect(world.tally.acknowledgedMessages > 0)
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
