internal import Glibc
internal import Synchronization

/// What other threads want of the editor's thread. Everything on the screen is written by that thread alone, so a line
/// that arrives never meets a half-drawn one.
final class EditorMailbox: Sendable {
    /// What waits for the editor's thread.
    struct Contents: Sendable {
        /// To be shown above the line being typed, in this order.
        var messages: [String] = []
        /// The next line may be read, under this prompt.
        var prompt: String?
        var isInterrupted = false
        var isResized = false
        var isStopped = false
        /// Nobody reads this any more.
        var isOver = false
    }

    private let contents = Mutex(Contents())
    /// Readable while `contents` may hold something new.
    let wakeUp: Int32
    private let ring: Int32

    init() throws(CommandFailure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw CommandFailure(.notFound, "no pipe for the console: \(systemMessage(errno))")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (wakeUp, ring) = (ends[0], ends[1])
    }

    deinit {
        close(wakeUp)
        close(ring)
    }

    func put(_ change: (inout Contents) -> Void) {
        contents.withLock { change(&$0) }
        var byte: UInt8 = 0
        // A full pipe has woken the reader already.
        _ = write(ring, &byte, 1)
    }

    /// Leaves a message for the editor's thread. False: it has ended.
    func leave(_ message: String) -> Bool {
        guard contents.withLock({ !$0.isOver }) else { return false }
        put { $0.messages.append(message) }
        return true
    }

    /// Takes everything that is left, and closes the mailbox.
    func takeLast() -> Contents {
        contents.withLock { contents in
            contents.isOver = true
            return contents
        }
    }

    /// Takes everything but `isStopped`, which stays.
    func take() -> Contents {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(wakeUp, &bytes, bytes.count) > 0 {}
        return contents.withLock { contents in
            let taken = contents
            contents = Contents(isStopped: taken.isStopped)
            return taken
        }
    }
}
