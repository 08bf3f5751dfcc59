public import ModemSession

/// A thread that serves lines. All transports of a process may share one.
public final class LineLoop: Sendable {
    public init() { fatalError() }

    /// The process's own, started when first asked for.
    public static let shared = LineLoop()

    public var executor: any LineExecutor { fatalError() }
}
