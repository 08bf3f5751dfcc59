import ATProtocol
import ModemSession

/// A command that is submitted already. A task that sends one may get its turn when the test's clock has long moved on.
struct Asked: Sendable {
    fileprivate let outcome: AsyncStream<Result<Reply, ATFailure>>

    /// The answer; only to be asked for once.
    var value: Reply {
        get async throws {
            for await result in outcome { return try result.get() }
            throw CancellationError()
        }
    }
}

extension ModemSession {
    nonisolated func ask(_ command: Command) -> Asked {
        let (outcome, continuation) = AsyncStream<Result<Reply, ATFailure>>.makeStream()
        submit(command) { result in
            continuation.yield(result)
            continuation.finish()
        }
        return Asked(outcome: outcome)
    }
}
