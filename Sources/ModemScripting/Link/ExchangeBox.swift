import ATProtocol
import Synchronization

/// The number of a submitted command, and whether its call was cancelled before the number was known.
final class ExchangeBox: Sendable {
    private enum State {
        case submitting
        case submitted(ExchangeID)
        case cancelled
    }

    private let state = Mutex(State.submitting)

    /// - Returns: whether the command is to be cancelled at once.
    func set(_ id: ExchangeID) -> Bool {
        state.withLock { state in
            if case .cancelled = state { return true }
            state = .submitted(id)
            return false
        }
    }

    /// - Returns: the command to cancel, if it has a number yet.
    func cancel() -> ExchangeID? {
        state.withLock { state in
            defer { state = .cancelled }
            guard case .submitted(let id) = state else { return nil }
            return id
        }
    }
}
