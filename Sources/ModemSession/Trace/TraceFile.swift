public import ATProtocol

/// Writes records as JSON lines to a file, on a thread of its own.
///
/// The queue is bounded: when the disk cannot follow, records are dropped and a `dropped` record says how many.
public final class TraceFile: TraceSink {
    public init(path: String) throws(TraceFileError) { fatalError() }
    public func begin(_ header: TraceHeader) {}
    public func record(_ record: Record, wall: WallTime) {}
    public func finish() async {}
}

/// A trace file that cannot be created or written.
public struct TraceFileError: Error, Equatable, Sendable {
    public var path: String
    /// As in `errno.h`.
    public var errno: Int32

    public init(path: String, errno: Int32) {
        self.path = path
        self.errno = errno
    }
}
