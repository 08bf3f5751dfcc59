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
    private let list = Mutex<[any ModemListener]>([])

    func add(_ listener: any ModemListener) {
        list.withLock { $0.append(listener) }
    }

    func remove(_ listener: any ModemListener) {
        list.withLock { list in list.removeAll { $0 === listener } }
    }

    func removeAll() {
        let listeners = list.withLock { list in
            defer { list = [] }
            return list
        }
        for listener in listeners {
            listener.disarmed()
        }
    }

    func tell(_ event: ModemEvent) {
        for listener in list.withLock({ $0 }) {
            listener.heard(event)
        }
    }
}
