internal import ATProtocol
internal import ModemSession
internal import NIOCore
internal import Synchronization

/// An event loop with a clock that runs only when nobody has anything to do: then it jumps to the next deadline.
///
/// It does not run past `limit`, the time up to which the trace says what happens, unless nothing at all has moved for
/// a tenth of a real second: then nobody is just thinking, and everybody waits for a deadline.
final class VirtualClock: LineExecutor {
    private struct State {
        var now = Moment(nanoseconds: 0)
        var limit: Moment?
        var timers: [ObjectIdentifier: (deadline: Moment, fire: @Sendable () -> Void)] = [:]
        /// Counts what has been run.
        var steps: UInt64 = 0
        var isLooking = false
    }

    private static let thought = TimeAmount.milliseconds(100)

    private let eventLoop: any EventLoop
    private let state = Mutex(State())
    private let serial: SerialClock

    var serialExecutor: any SerialExecutor { serial }
    var isCurrent: Bool { eventLoop.inEventLoop }

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        serial = SerialClock(eventLoop)
        serial.clock.withLock { $0 = Unowned(self) }
    }

    func now() -> Moment { state.withLock { $0.now } }

    /// Nil: the clock may run to any deadline.
    func setLimit(_ limit: Moment?) { state.withLock { $0.limit = limit } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    func execute(_ work: @escaping @Sendable () -> Void) {
        eventLoop.execute {
            work()
            self.moved()
        }
    }

    func makeTimer(_ fire: @escaping @Sendable () -> Void) -> any LineTimer { Timer(clock: self, fire: fire) }

    private final class Timer: LineTimer {
        private let clock: VirtualClock
        private let fire: @Sendable () -> Void

        init(clock: VirtualClock, fire: @escaping @Sendable () -> Void) {
            self.clock = clock
            self.fire = fire
        }

        func set(_ deadline: Moment?) {
            clock.state.withLock { $0.timers[ObjectIdentifier(self)] = deadline.map { ($0, fire) } }
            clock.moved()
        }
    }

    /// Something has run: looks, behind all that is waiting on the loop, whether it was the last for now.
    private func moved() {
        let (looks, step) = state.withLock { state in
            state.steps += 1
            defer { state.isLooking = true }
            return (!state.isLooking, state.steps)
        }
        if looks { eventLoop.execute { self.look(since: step) } }
    }

    private func look(since step: UInt64) {
        let (isQuiet, latest) = state.withLock { state in
            let isQuiet = state.steps == step
            if isQuiet { state.isLooking = false }
            return (isQuiet, state.steps)
        }
        guard isQuiet else {
            eventLoop.execute { self.look(since: latest) }
            return
        }
        if !jump(beyondLimit: false) {
            eventLoop.scheduleTask(in: Self.thought) { self.lookAgain(since: latest) }
        }
    }

    private func lookAgain(since step: UInt64) {
        let isQuiet = state.withLock { $0.steps == step }
        if isQuiet { _ = jump(beyondLimit: true) }
    }

    /// - Returns: whether there was nothing to wait for, or a deadline to jump to.
    private func jump(beyondLimit: Bool) -> Bool {
        let (fire, isWaiting) = state.withLock { state -> ((@Sendable () -> Void)?, Bool) in
            guard let (id, timer) = state.timers.min(by: { $0.value.deadline < $1.value.deadline }) else {
                return (nil, false)
            }
            if let limit = state.limit, timer.deadline > limit, !beyondLimit { return (nil, true) }
            state.timers[id] = nil
            state.now = max(state.now, timer.deadline)
            return (timer.fire, false)
        }
        if let fire {
            fire()
            moved()
        }
        return !isWaiting
    }

    /// The clock does not keep itself alive through its own executor.
    struct Unowned: @unchecked Sendable {
        // Sendable because the reference is only read; the executor goes with its clock.
        weak var clock: VirtualClock?
        init(_ clock: VirtualClock) { self.clock = clock }
    }

    /// The same thread for actors.
    private final class SerialClock: SerialExecutor {
        private let eventLoop: any EventLoop
        let clock = Mutex<Unowned?>(nil)

        init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            let clock = clock.withLock { $0?.clock }
            eventLoop.execute {
                job.runSynchronously(on: self.asUnownedSerialExecutor())
                clock?.moved()
            }
        }

        func checkIsolated() { eventLoop.preconditionInEventLoop() }
        func isIsolatingCurrentContext() -> Bool? { eventLoop.inEventLoop }
    }
}
