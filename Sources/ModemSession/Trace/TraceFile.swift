public import ATProtocol
internal import Glibc
internal import Synchronization

/// Writes records as JSON lines to a file, on a thread of its own.
///
/// The queue is bounded: when the disk cannot follow, records are dropped and a `dropped` record says how many. What
/// is queued is written at the latest 50 ms after it came, and all of it before `finish` returns.
public final class TraceFile: TraceSink {
    public let path: String
    private let queue: TraceQueue

    /// Creates the file, or empties it; it can be read by its owner alone.
    /// - Parameter capacity: records that may wait to be written.
    public init(path: String, capacity: Int = 65_536) throws(TraceFileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TraceFileError(path: path, errno: errno) }
        self.path = path
        queue = TraceQueue(capacity: capacity)
        TraceWriter.start(queue: queue, descriptor: descriptor)
    }

    /// Stops the writer of a file that was never finished.
    deinit { queue.close {} }

    public func begin(_ header: TraceHeader) {
        queue.append(.header(header))
    }

    public func record(_ record: consuming Record, wall: WallTime) {
        let number = record.number
        queue.append(.record(consume record, wall), number: number)
    }

    /// Records dropped because the disk could not follow.
    public var dropped: Int { queue.dropped }

    /// The error number of the first write that failed, as in `errno.h`; nothing is written after it.
    public var failure: Int32? { queue.failure }

    public func finish() async {
        await withCheckedContinuation { continuation in
            queue.close { continuation.resume() }
        }
    }
}

/// A trace file that cannot be created.
public struct TraceFileError: Error, Equatable, Sendable {
    public var path: String
    /// As in `errno.h`.
    public var errno: Int32

    public init(path: String, errno: Int32) {
        self.path = path
        self.errno = errno
    }
}
