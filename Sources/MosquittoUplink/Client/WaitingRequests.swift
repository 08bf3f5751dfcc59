import ModemSimulator

/// The requests of a session that have been sent and not answered, by packet identifier.
struct WaitingRequests {
    enum Request: Equatable {
        case publish(UInt64)
        /// One SUBSCRIBE packet of a subscription; the positions of its filters in the request.
        case subscribe(UInt64, positions: [Int])
        case unsubscribe(UInt64)
    }

    private struct Subscription {
        var granted: [UInt8?]
    }

    private var requests: [Int32: Request] = [:]
    private var subscriptions: [UInt64: Subscription] = [:]
    /// Packet identifiers in the order in which they were sent, for `failAll`.
    private var order: [Int32] = []

    mutating func begin(subscription token: UInt64, filters: Int) {
        subscriptions[token] = Subscription(granted: Array(repeating: nil, count: filters))
    }

    mutating func add(_ request: Request, as identifier: Int32) {
        requests[identifier] = request
        order.append(identifier)
    }

    /// PUBACK, PUBCOMP, UNSUBACK, or a message of QoS 0 that was handed to the socket.
    mutating func answered(_ identifier: Int32) -> Session.Outcome? {
        switch take(identifier) {
        case .publish(let token): .published(token: token, nil)
        case .unsubscribe(let token): .unsubscribed(token: token, nil)
        case .subscribe, nil: nil
        }
    }

    /// SUBACK; an outcome when it was the last one of its request.
    mutating func granted(_ identifier: Int32, _ codes: [UInt8]) -> Session.Outcome? {
        guard case .subscribe(let token, let positions) = take(identifier) else { return nil }
        guard codes.count == positions.count else {
            subscriptions[token] = nil
            return .subscribed(token: token, .failure(.malformed))
        }
        for (position, code) in zip(positions, codes) {
            subscriptions[token]?.granted[position] = code
        }
        guard let granted = subscriptions[token]?.granted, granted.allSatisfy({ $0 != nil }) else { return nil }
        subscriptions[token] = nil
        return .subscribed(token: token, .success(granted.compactMap { $0 }))
    }

    /// Answers everything that waits, oldest first.
    mutating func failAll(_ failure: UplinkFailure) -> [Session.Outcome] {
        var out: [Session.Outcome] = []
        for identifier in order {
            switch take(identifier, keepingOrder: true) {
            case .publish(let token): out.append(.published(token: token, failure))
            case .unsubscribe(let token): out.append(.unsubscribed(token: token, failure))
            case .subscribe(let token, _):
                guard subscriptions.removeValue(forKey: token) != nil else { continue }
                out.append(.subscribed(token: token, .failure(failure)))
            case nil: break
            }
        }
        order = []
        // A subscription whose first packet was refused has nothing in `order`.
        for token in subscriptions.keys.sorted() {
            out.append(.subscribed(token: token, .failure(failure)))
        }
        subscriptions = [:]
        return out
    }

    private mutating func take(_ identifier: Int32, keepingOrder: Bool = false) -> Request? {
        guard let request = requests.removeValue(forKey: identifier) else { return nil }
        if !keepingOrder, let position = order.firstIndex(of: identifier) {
            order.remove(at: position)
        }
        return request
    }
}
