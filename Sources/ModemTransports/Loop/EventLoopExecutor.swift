internal import ATProtocol
internal import ModemSession
internal import NIOCore

/// A NIO event loop as the executor of lines and sessions.
///
/// One object for actors and tasks alike, so that a task that prefers it is resumed on the thread that read the bytes.
final class EventLoopExecutor: LineExecutor {
    let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute {
            job.runSynchronously(
                isolatedTo: self.asUnownedSerialExecutor(),
                taskExecutor: self.asUnownedTaskExecutor()
            )
        }
    }

    func checkIsolated() {
        eventLoop.preconditionInEventLoop()
    }

    func isIsolatingCurrentContext() -> Bool? {
        eventLoop.inEventLoop
    }

    func now() -> Moment { Moment.now() }

    func execute(_ work: @escaping @Sendable () -> Void) {
        eventLoop.execute(work)
    }

    func makeTimer(_ fire: @escaping @Sendable () -> Void) -> any LineTimer {
        EventLoopTimer(eventLoop: eventLoop, fire)
    }
}

extension Moment {
    /// On the clock of event loops, CLOCK_MONOTONIC.
    static func now() -> Moment {
        Moment(nanoseconds: Int64(NIODeadline.now().uptimeNanoseconds))
    }
}
