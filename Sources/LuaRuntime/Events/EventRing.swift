/// What waits at one port, in order. Deliveries are bounded, completions are not.
struct EventRing {
    static let deliveryLimit = 4096
    static let byteLimit = 1 << 20

    private var events: [LuaEventPort.Event] = []
    private var head = 0
    private var deliveries = 0
    private var bytes = 0
    private var isScheduled = false
    /// Subscriptions that lost events, and how many, since last taken.
    private var lost: [(subscription: LuaSubscription, count: Int)] = []

    /// Returns whether the port must be scheduled for a drain.
    mutating func append(_ event: LuaEventPort.Event) -> Bool {
        events.append(event)
        if case .deliver(_, let values) = event {
            deliveries += 1
            bytes += Self.size(values)
            while deliveries > Self.deliveryLimit || bytes > Self.byteLimit, deliveries > 1 { dropOldest() }
        }
        defer { isScheduled = true }
        return !isScheduled
    }

    /// Up to `limit` events, and whether more are left, in which case the port stays scheduled.
    mutating func take(_ limit: Int) -> (events: [LuaEventPort.Event], hasMore: Bool) {
        var taken: [LuaEventPort.Event] = []
        while head < events.count, taken.count < limit {
            let event = events[head]
            head += 1
            if case .deliver(_, let values) = event {
                deliveries -= 1
                bytes -= Self.size(values)
            }
            taken.append(event)
        }
        if head == events.count {
            events.removeAll(keepingCapacity: events.count <= 64)
            head = 0
        } else if head > 1024 {
            events.removeFirst(head)
            head = 0
        }
        isScheduled = head < events.count
        return (taken, isScheduled)
    }

    mutating func takeLosses() -> [(subscription: LuaSubscription, count: Int)] {
        defer { lost = [] }
        return lost
    }

    private mutating func dropOldest() {
        guard
            let index = events.indices[head...].first(where: { index in
                if case .deliver = events[index] { true } else { false }
            }), case .deliver(let subscription, let values) = events[index]
        else { return }
        events.remove(at: index)
        deliveries -= 1
        bytes -= Self.size(values)
        if let known = lost.firstIndex(where: { $0.subscription === subscription }) {
            lost[known].count += 1
        } else {
            lost.append((subscription, 1))
        }
    }

    private static func size(_ values: [LuaValue]) -> Int {
        values.reduce(0) { $0 + size($1) }
    }

    private static func size(_ value: LuaValue) -> Int {
        switch value {
        case .string(let bytes): bytes.count
        case .table(let table): size(table.items) + table.pairs.reduce(0) { $0 + 16 + size($1.value) }
        case .nil, .boolean, .integer, .number, .object, .function: 8
        }
    }
}
