public import ATProtocol

extension ModemSession {
    /// Events from now on; armed when the call returns.
    public nonisolated func subscribe(
        _ filter: EventFilter = .all,
        capacity: Subscription.Capacity = Subscription.Capacity()
    ) -> Subscription {
        subscriptions.add(filter, capacity: capacity)
    }

    /// Calls `handler` with each event from now on, in wire order with completions and acknowledgements.
    @discardableResult
    public nonisolated func observe(_ handler: @escaping @Sendable (Event) -> Void) -> Observation {
        events.add(handler)
    }

    /// Calls `handler` with each change of the port from now on.
    @discardableResult
    public nonisolated func observePort(_ handler: @escaping @Sendable (PortChange) -> Void) -> Observation {
        portChanges.add(handler)
    }
}
