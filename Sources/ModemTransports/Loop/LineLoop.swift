public import ModemSession
internal import NIOCore
internal import NIOPosix

/// A thread that serves lines. All transports of a process may share one.
public final class LineLoop: Sendable {
    /// The process's own, started when first asked for; never stopped.
    public static let shared = LineLoop(eventLoop: MultiThreadedEventLoopGroup(numberOfThreads: 1).next())

    let eventLoop: any EventLoop
    private let eventLoopExecutor: EventLoopExecutor

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        eventLoopExecutor = EventLoopExecutor(eventLoop)
    }

    public var executor: any LineExecutor { eventLoopExecutor }

    /// Runs `body` with `count` threads for lines, and stops them when it has returned: no line may be open then.
    public static func withLoops<Result>(
        _ count: Int,
        _ body: ([LineLoop]) async throws -> Result
    ) async throws -> Result {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: count)
        let loops = (0..<count).map { _ in LineLoop(eventLoop: group.next()) }
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(loops))
        } catch {
            outcome = .failure(error)
        }
        try await group.shutdownGracefully()
        return try outcome.get()
    }
}
