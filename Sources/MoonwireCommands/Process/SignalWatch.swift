internal import Dispatch
internal import Glibc
internal import Synchronization

/// Turns signals into calls of a handler on a thread of its own, for as long as `body` runs.
///
/// The dispositions of before are put back afterwards, and are what children start with, since a handler does not
/// outlive `exec`.
enum SignalWatch {
    /// - Parameter handler: called with the signal's number, one call at a time, on a thread that may block.
    static func withSignals<Result>(
        _ signals: [Int32],
        handler: @escaping @Sendable (Int32) -> Void,
        _ body: () async throws -> Result
    ) async throws -> Result {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw CommandFailure(.notFound, "no pipe for signals: \(systemMessage(errno))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (readEnd, writeEnd) = (ends[0], ends[1])
        wakeUp.store(writeEnd, ordering: .sequentiallyConsistent)
        let previous = signals.map { number in (number, install(number)) }
        let reader = DispatchQueue(label: "moonwire.signals")
        reader.async { deliver(from: readEnd, to: handler) }

        defer {
            for (number, action) in previous {
                var action = action
                sigaction(number, &action, nil)
            }
            wakeUp.store(-1, ordering: .sequentiallyConsistent)
            close(writeEnd)
        }
        return try await body()
    }

    private static func install(_ number: Int32) -> Glibc.sigaction {
        var action = Glibc.sigaction()
        action.__sigaction_handler.sa_handler = passOn
        action.sa_flags = SA_RESTART
        var previous = Glibc.sigaction()
        sigaction(number, &action, &previous)
        return previous
    }

    private static func deliver(from descriptor: Int32, to handler: (Int32) -> Void) {
        var byte: UInt8 = 0
        while true {
            let count = read(descriptor, &byte, 1)
            if count == 1 {
                handler(Int32(byte))
            } else if count == 0 || errno != EINTR {
                break
            }
        }
        close(descriptor)
    }
}

/// The write end of the pipe that the signal handler writes to; -1: nobody watches.
private let wakeUp = Atomic<Int32>(-1)

/// The signal handler. Does only what is async-signal-safe: one byte into the pipe.
private func passOn(_ number: Int32) {
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(wakeUp.load(ordering: .relaxed), &byte, 1)
    errno = saved
}

/// The operating system's words for an error number.
func systemMessage(_ number: Int32) -> String {
    String(cString: strerror(number))
}
