import LuaRuntime
import Synchronization

/// Something armed on a modem: a waiter, a subscription, a client's inbox.
protocol ModemListener: AnyObject, Sendable {
    /// Called on the session's executor, once per event, in the order of the wire. Must not wait.
    func heard(_ event: ModemEvent)

    /// The run ends, or the modem is closed: nothing is heard any more.
    func disarmed()
}

/// What is armed on one modem, in the order of arming. Armed and disarmed from any thread; what is armed when an event
/// arrives hears it.
final class ListenerList: Sendable {
    private struct State {
        var listeners: [any ModemListener] = []
        var isDisarmed = false
    }

    private let state = Mutex(State())

    /// Nothing is heard any more, and what is armed now is disarmed at once.
    var isDisarmed: Bool { state.withLock { $0.isDisarmed } }

    func add(_ listener: any ModemListener) {
        let isDisarmed = state.withLock { state in
            if !state.isDisarmed { state.listeners.append(listener) }
            return state.isDisarmed
        }
        if isDisarmed { listener.disarmed() }
    }

    func remove(_ listener: any ModemListener) {
        state.withLock { state in state.listeners.removeAll { $0 === listener } }
    }

    /// For good.
    func removeAll() {
        let listeners = state.withLock { state in
            defer { state.listeners = [] }
            state.isDisarmed = true
            return state.listeners
        }
        for listener in listeners {
            listener.disarmed()
        }
    }

    func tell(_ event: ModemEvent) {
        for listener in state.withLock({ $0.listeners }) {
            listener.heard(event)
        }
    }
}
