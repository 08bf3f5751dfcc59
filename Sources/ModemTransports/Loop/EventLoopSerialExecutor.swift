internal import NIOCore

/// A NIO event loop as the executor of sessions.
final class EventLoopSerialExecutor: SerialExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute {
            job.runSynchronously(on: self.asUnownedSerialExecutor())
        }
    }

    /// Handlers of a line run on the loop outside of any job; they may enter the session all the same.
    func checkIsolated() {
        eventLoop.preconditionInEventLoop()
    }

    func isIsolatingCurrentContext() -> Bool? {
        eventLoop.inEventLoop
    }
}
