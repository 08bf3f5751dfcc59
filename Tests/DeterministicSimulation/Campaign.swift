internal import Glibc
internal import Synchronization

/// Runs many seeds on all cores and says which of them broke a property.
package struct Campaign: Sendable {
    package enum Extent: Sendable {
        case seeds(UInt64)
        case time(Duration)
    }

    package struct Failure: Sendable {
        package var seed: UInt64
        package var violations: [String]
    }

    package struct Outcome: Sendable {
        package var seeds: UInt64 = 0
        package var elapsed: Duration = .zero
        package var cores: Int
        /// What was really done: a simulation whose users get nowhere breaks nothing.
        package var tally = World.Tally()
        /// In the order of their seeds.
        package var failures: [Failure] = []
    }

    private let first: UInt64
    private let extent: Extent

    /// - Parameter first: the lowest seed; the others follow it without a gap.
    package init(from first: UInt64, _ extent: Extent) {
        self.first = first
        self.extent = extent
    }

    /// - Parameter report: told of each failure at once, one call at a time, from any thread.
    package func run(report: @escaping @Sendable (Failure) -> Void) async -> Outcome {
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let progress = Progress(next: first)
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<cores {
                group.addTask {
                    while let seed = take(progress, start) {
                        let world = World(seed: seed)
                        world.run()
                        progress.tally.withLock { $0.add(world.tally) }
                        guard !world.violations.isEmpty else { continue }
                        let failure = Failure(seed: seed, violations: world.violations)
                        progress.failures.withLock {
                            $0.append(failure)
                            report(failure)
                        }
                    }
                }
            }
        }
        var outcome = Outcome(cores: cores)
        outcome.elapsed = ContinuousClock.now - start
        outcome.tally = progress.tally.withLock(\.self)
        outcome.failures = progress.failures.withLock { $0.sorted { $0.seed < $1.seed } }
        outcome.seeds = min(progress.next.load(ordering: .relaxed), last) - first
        return outcome
    }

    /// The seed behind the last one.
    private var last: UInt64 {
        switch extent {
        case .seeds(let count): first + count
        case .time: .max
        }
    }

    private func take(_ progress: Progress, _ start: ContinuousClock.Instant) -> UInt64? {
        if case .time(let limit) = extent, ContinuousClock.now - start >= limit { return nil }
        let seed = progress.next.wrappingAdd(1, ordering: .relaxed).oldValue
        return seed < last ? seed : nil
    }
}

/// What the cores share.
private final class Progress: Sendable {
    let next: Atomic<UInt64>
    let failures = Mutex<[Campaign.Failure]>([])
    let tally = Mutex(World.Tally())

    init(next: UInt64) { self.next = Atomic(next) }
}
