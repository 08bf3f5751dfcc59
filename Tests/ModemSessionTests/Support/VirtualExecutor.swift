import ATProtocol
import Dispatch
import ModemSession
import Synchronization

/// An executor whose clock stands still until the test moves it.
final class VirtualExecutor: LineExecutor {
    private struct State {
        var now = Moment(nanoseconds: 1_000_000_000)
        var timers: [ObjectIdentifier: (deadline: Moment, fire: @Sendable () -> Void)] = [:]
    }

    private static let key = DispatchSpecificKey<ObjectIdentifier>()

    private let queue: DispatchQueue
    private let state = Mutex(State())
    let serialExecutor: any SerialExecutor

    init() {
        queue = DispatchQueue(label: "moonwire.tests.line")
        serialExecutor = Serial(queue: queue)
        queue.setSpecific(key: Self.key, value: ObjectIdentifier(queue))
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    var isCurrent: Bool { DispatchQueue.getSpecific(key: Self.key) == ObjectIdentifier(queue) }

    private final class Serial: SerialExecutor {
        private let queue: DispatchQueue

        init(queue: DispatchQueue) { self.queue = queue }

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
        }

        func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }

        func isIsolatingCurrentContext() -> Bool? {
            DispatchQueue.getSpecific(key: VirtualExecutor.key) == ObjectIdentifier(queue)
        }
    }

    func now() -> Moment { state.withLock { $0.now } }
    func execute(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }
    func makeTimer(_ fire: @escaping @Sendable () -> Void) -> any LineTimer { Timer(executor: self, fire: fire) }

    private final class Timer: LineTimer {
        let executor: VirtualExecutor
        let fire: @Sendable () -> Void

        init(executor: VirtualExecutor, fire: @escaping @Sendable () -> Void) {
            self.executor = executor
            self.fire = fire
        }

        func set(_ deadline: Moment?) {
            executor.state.withLock { $0.timers[ObjectIdentifier(self)] = deadline.map { ($0, fire) } }
        }
    }

    /// Returns when everything handed over so far has run, and what that handed over, too.
    func settle() async {
        for _ in 0..<50 {
            await withCheckedContinuation { continuation in
                queue.async { continuation.resume() }
            }
        }
    }

    /// Moves the clock on, from deadline to deadline, and lets each timer that is due fire at its own time.
    func advance(by duration: Duration) async {
        await settle()
        let end = now() + duration
        while let due = takeTimer(until: end) {
            await withCheckedContinuation { continuation in
                queue.async {
                    due()
                    continuation.resume()
                }
            }
            await settle()
        }
        state.withLock { $0.now = end }
        await settle()
    }

    private func takeTimer(until end: Moment) -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard let (id, timer) = state.timers.min(by: { $0.value.deadline < $1.value.deadline }) else { return nil }
            guard timer.deadline <= end else { return nil }
            state.timers[id] = nil
            state.now = max(state.now, timer.deadline)
            return timer.fire
        }
    }
}
