internal import ATProtocol
internal import Synchronization

/// The open subscriptions of one session.
final class SubscriptionSet: Sendable {
    private struct State {
        var members: [(buffer: SubscriptionBuffer, filter: EventFilter)] = []
        var isOpen = true
    }

    private let state = Mutex(State())

    func add(_ filter: EventFilter, capacity: Subscription.Capacity) -> Subscription {
        let buffer = SubscriptionBuffer(capacity: capacity)
        let isOpen = state.withLock { state in
            if state.isOpen { state.members.append((buffer, filter)) }
            return state.isOpen
        }
        if !isOpen { buffer.close() }
        let removal = Observation { [weak self] in
            self?.state.withLock { $0.members.removeAll { $0.buffer === buffer } }
        }
        return Subscription(buffer: buffer, observation: removal)
    }

    func deliver(_ event: Event) {
        for member in state.withLock({ $0.members }) where member.filter.accepts(event) {
            member.buffer.append(event)
        }
    }

    /// Ends all of them; later ones are ended from the beginning.
    func close() {
        let members = state.withLock { state in
            state.isOpen = false
            defer { state.members.removeAll() }
            return state.members
        }
        for member in members { member.buffer.close() }
    }
}
