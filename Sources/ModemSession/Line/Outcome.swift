internal import Synchronization

/// Whether something succeeded, told once, awaited by one task.
final class Outcome: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Void, any Error>)
        case told(Result<Void, any Error>)
    }

    private let state = Mutex(State.open)

    /// Only the first call counts.
    func tell(_ result: Result<Void, any Error>) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            switch state {
            case .open:
                state = .told(result)
                return nil
            case .awaited(let waiter):
                state = .told(result)
                return waiter
            case .told:
                return nil
            }
        }
        waiter?.resume(with: result)
    }

    /// - Throws: the failure that was told, or `CancellationError`.
    func value() async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let told = state.withLock { state -> Result<Void, any Error>? in
                    switch state {
                    case .open:
                        state = .awaited(continuation)
                        return nil
                    case .awaited:
                        preconditionFailure("an outcome is awaited once")
                    case .told(let result):
                        return result
                    }
                }
                if let told { continuation.resume(with: told) }
            }
        } onCancel: {
            tell(.failure(CancellationError()))
        }
    }
}
