import Synchronization

/// A Lua function that handles events: one at a time, in order, each in a task of its own that may wait.
///
/// Made by ``LuaHost/subscribe(_:name:queue:onError:)``; events come through ``LuaEventPort/Event/deliver(_:_:)``. Its
/// queue drops the oldest event when full, counts it in ``dropped``, and logs one warning. An error in the handler ends
/// the subscription and fails the run, or is logged and the subscription goes on, as `onError` says.
public final class LuaSubscription: Sendable {
    public enum ErrorPolicy: Sendable {
        case failRun
        case log
    }

    public let name: String
    public let queueLimit: Int
    public let onError: ErrorPolicy
    let state: Mutex<State>

    struct State {
        /// Let go when the subscription closes, for its own handle may be what keeps the subscription alive.
        var function: LuaFunctionReference?
        var isClosed = false
        var dropped = 0
        var onClosed: [@Sendable () -> Void] = []
    }

    init(function: LuaFunctionReference, name: String, queueLimit: Int, onError: ErrorPolicy) {
        state = Mutex(State(function: function))
        self.name = name
        self.queueLimit = queueLimit
        self.onError = onError
    }

    /// Events lost because the handler was slower than they came.
    public var dropped: Int {
        state.withLock { $0.dropped }
    }

    public var isClosed: Bool {
        state.withLock { $0.isClosed }
    }

    /// No handler starts from now on; one that runs is left alone. From any thread.
    public func close() {
        let (callbacks, function) = state.withLock { state in
            state.isClosed = true
            defer {
                state.onClosed = []
                state.function = nil
            }
            return (state.onClosed, state.function)
        }
        // Released outside the lock.
        _ = function
        for callback in callbacks {
            callback()
        }
    }

    /// Called once when the subscription closes for whatever reason, at once if it already has: the place to disarm
    /// the producer. On any thread; must not wait.
    public func whenClosed(_ body: @escaping @Sendable () -> Void) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.onClosed.append(body) }
            return state.isClosed
        }
        if isClosed { body() }
    }
}
