internal import Synchronization

/// Handlers that are added and removed from any thread and called in the order they were added.
final class HandlerList<Value: Sendable>: Sendable {
    private struct State {
        var handlers: [(id: UInt64, handle: @Sendable (Value) -> Void)] = []
        var lastID: UInt64 = 0
    }

    private let state = Mutex(State())

    func add(_ handle: @escaping @Sendable (Value) -> Void) -> Observation {
        let id = state.withLock { state in
            state.lastID += 1
            state.handlers.append((state.lastID, handle))
            return state.lastID
        }
        return Observation { [weak self] in
            self?.state.withLock { $0.handlers.removeAll { $0.id == id } }
        }
    }

    /// Not under the lock: a handler may add and remove handlers.
    func call(_ value: Value) {
        for handler in state.withLock({ $0.handlers }) {
            handler.handle(value)
        }
    }
}
