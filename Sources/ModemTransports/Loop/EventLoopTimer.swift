internal import ATProtocol
internal import ModemSession
internal import NIOCore

/// A deadline on an event loop that costs nothing to move back.
///
/// A session sets a new deadline with each command, seconds ahead, and almost never reaches one. So the scheduled task
/// stays where it is when the deadline moves to a later time; when it runs, it looks what is due by now.
///
/// A deadline that is due lets the loop look at its ports once more before it fires, so that bytes which were there in
/// time come first; unless its owner wants it at once.
final class EventLoopTimer: LineTimer {
    private struct State {
        var deadline: Moment?
        var scheduled: (at: Moment, task: Scheduled<Void>)?
        var isDue = false

        /// - Returns: whether a task has to be scheduled.
        mutating func set(_ deadline: Moment?) -> Bool {
            self.deadline = deadline
            isDue = false
            guard let deadline else { return false }
            return scheduled.map { deadline < $0.at } ?? true
        }
    }

    /// Long enough for the loop to go through its ports, far below any deadline.
    private static let lookAtPorts = Duration.microseconds(100)

    private let eventLoop: any EventLoop
    private let looksAtPorts: Bool
    private let fire: @Sendable () -> Void
    private let state: NIOLoopBoundBox<State>

    /// - Parameter fire: runs on the event loop.
    init(eventLoop: any EventLoop, looksAtPorts: Bool = true, _ fire: @escaping @Sendable () -> Void) {
        self.eventLoop = eventLoop
        self.looksAtPorts = looksAtPorts
        self.fire = fire
        state = NIOLoopBoundBox.makeBoxSendingValue(State(), eventLoop: eventLoop)
    }

    func set(_ deadline: Moment?) {
        guard state.value.set(deadline), let deadline else { return }
        state.value.scheduled?.task.cancel()
        schedule(deadline)
    }

    private func schedule(_ moment: Moment) {
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(max(0, moment.nanoseconds)))
        let task = eventLoop.scheduleTask(deadline: deadline) { [weak self] in
            guard let self else { return }
            self.reached()
        }
        state.value.scheduled = (moment, task)
    }

    private func reached() {
        state.value.scheduled = nil
        guard let deadline = state.value.deadline else { return }
        let now = Moment.now()
        if deadline > now {
            schedule(deadline)
        } else if state.value.isDue || !looksAtPorts {
            state.value.isDue = false
            state.value.deadline = nil
            fire()
        } else {
            state.value.isDue = true
            schedule(now + Self.lookAtPorts)
        }
    }
}
