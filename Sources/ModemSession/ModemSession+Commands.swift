public import ATProtocol

extension ModemSession {
    /// Queues `command` and waits until it has completed.
    ///
    /// Cancelling the task answers at once with `cancelled`; what the module still says is kept from other commands.
    /// A task that prefers `executor` is resumed without a change of thread.
    /// - Parameter acknowledged: `OK` is here, the asynchronous result is still to come.
    public nonisolated func send(
        _ command: Command,
        acknowledged: (@Sendable () -> Void)? = nil
    ) async throws(ATFailure) -> Reply {
        guard !Task.isCancelled else { throw ATFailure(.cancelled, unsent: command) }
        let id = makeExchangeID()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let exchange = Exchange(command: command, acknowledged: acknowledged) {
                    continuation.resume(returning: $0)
                }
                submit(exchange, as: id)
            }
        } onCancel: {
            cancel(id)
        }
        return try result.get()
    }

    /// Queues `command`; `completion` is called exactly once.
    ///
    /// Commands are queued in the order of these calls. An observation made before the call sees everything that
    /// comes while the command is open.
    @discardableResult
    public nonisolated func submit(
        _ command: Command,
        acknowledged: (@Sendable () -> Void)? = nil,
        completion: @escaping @Sendable (Result<Reply, ATFailure>) -> Void
    ) -> ExchangeID {
        let id = makeExchangeID()
        submit(Exchange(command: command, acknowledged: acknowledged, completion: completion), as: id)
        return id
    }

    private nonisolated func submit(_ exchange: Exchange, as id: ExchangeID) {
        if executor.isCurrent {
            enter { $0.begin(id, exchange) }
        } else {
            executor.execute {
                self.enter { $0.begin(id, exchange) }
            }
        }
    }

    /// Cancels a submitted command. Nothing happens if it has completed.
    public nonisolated func cancel(_ id: ExchangeID) {
        // Never at once: a submission from another thread may still be on its way.
        executor.execute {
            self.enter { $0.feed(.cancelled(id)) }
        }
    }
}

extension ATFailure {
    /// A failure of a command that never reached the core, or that the core has given up.
    init(_ code: Code, unsent command: Command) {
        var line = command.line
        for secret in command.secrets where secret.part == .line {
            for index in secret.range.clamped(to: line.indices) { line[index] = UInt8(ascii: "*") }
        }
        self.init(code: code, command: String(decoding: line, as: UTF8.self), written: .unknown)
    }
}
