internal import DeterministicSimulation
internal import Glibc

/// `soak`: seeds of the deterministic simulation, as many as asked for.
@main struct Soak {
    private static let usage = """
        soak SECONDS        run seeds on all cores for so long, beginning at a new place each time
        soak --seeds N      run the seeds 0 to N-1
        soak --seed N       replay one seed with its whole log

        Every seed plays faults against the engine and a simulated module under a virtual clock. Exit 1: a property
        was broken, and the seeds that did it are named.

        """

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.count {
        case 2 where arguments[0] == "--seed":
            guard let seed = UInt64(arguments[1]) else { fail() }
            replay(seed)
        case 2 where arguments[0] == "--seeds":
            guard let count = UInt64(arguments[1]) else { fail() }
            await run(Campaign(from: 0, .seeds(count)))
        case 1:
            guard let seconds = Int(arguments[0]), seconds > 0 else { fail() }
            // Above all seeds of the ordinary tests, and seldom the same twice.
            await run(Campaign(from: UInt64(time(nil)) * 100_000, .time(.seconds(seconds))))
        default: fail()
        }
    }

    private static func run(_ campaign: Campaign) async {
        let outcome = await campaign.run { failure in
            print("seed \(failure.seed): \(failure.violations.joined(separator: "; "))")
            print("    replay: scripts/soak --seed \(failure.seed)")
        }
        let seconds = outcome.elapsed / .seconds(1)
        let rate = Int(Double(outcome.seeds) / max(seconds, 0.001))
        print(
            """
            \(outcome.seeds) seeds in \(Int(seconds * 10) / 10).\(Int(seconds * 10) % 10) s on \(outcome.cores) cores, \
            \(rate) a second: \(outcome.failures.count) failed
            (\(outcome.tally.faults) faults, \(outcome.tally.commands) commands, \
            \(outcome.tally.acknowledgedMessages) messages acknowledged, \(outcome.tally.receivedMessages) received)
            """
        )
        exit(outcome.failures.isEmpty ? 0 : 1)
    }

    private static func replay(_ seed: UInt64) {
        let world = World(seed: seed)
        world.isLogging = true
        world.run()
        for line in world.log { print(line) }
        for violation in world.violations { print("BROKEN: \(violation)") }
        print("seed \(seed): \(world.violations.isEmpty ? "all properties kept" : "\(world.violations.count) broken")")
        exit(world.violations.isEmpty ? 0 : 1)
    }

    private static func fail() -> Never {
        write(STDERR_FILENO, usage, usage.utf8.count)
        exit(2)
    }
}
