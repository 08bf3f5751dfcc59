internal import ATProtocol
internal import ModemSession
internal import NIOCore

/// A NIO event loop as the executor of lines and of tasks that prefer it.
final class EventLoopExecutor: LineExecutor {
    private let eventLoop: any EventLoop
    let serialExecutor: any SerialExecutor

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        serialExecutor = EventLoopSerialExecutor(eventLoop)
    }

    var isCurrent: Bool { eventLoop.inEventLoop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }

    func now() -> Moment { Moment.now() }

    func execute(_ work: @escaping @Sendable () -> Void) {
        eventLoop.execute(work)
    }

    func makeTimer(_ fire: @escaping @Sendable () -> Void) -> any LineTimer {
        EventLoopTimer(eventLoop: eventLoop, fire)
    }

    func makePromptTimer(_ fire: @escaping @Sendable () -> Void) -> any LineTimer {
        EventLoopTimer(eventLoop: eventLoop, looksAtPorts: false, fire)
    }
}

extension Moment {
    /// On the clock of event loops, CLOCK_MONOTONIC.
    static func now() -> Moment {
        Moment(nanoseconds: Int64(NIODeadline.now().uptimeNanoseconds))
    }
}
