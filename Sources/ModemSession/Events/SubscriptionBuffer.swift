internal import ATProtocol
internal import Synchronization

/// The bounded store between the session's executor and the reader of one subscription.
final class SubscriptionBuffer: Sendable {
    fileprivate struct State {
        /// Waiting events; those before `head` have been read.
        var events: [Event] = []
        var head = 0
        var bytes = 0
        /// Dropped since the reader last took something.
        var gap = 0
        var dropped = 0
        var isOpen = true
        var reader: CheckedContinuation<Subscription.Element?, Never>?
    }

    private let capacity: Subscription.Capacity
    private let state = Mutex(State())

    init(capacity: Subscription.Capacity) {
        self.capacity = capacity
    }

    var dropped: Int { state.withLock { $0.dropped } }

    func append(_ event: Event) {
        let reader = state.withLock { state -> CheckedContinuation<Subscription.Element?, Never>? in
            guard state.isOpen else { return nil }
            if let reader = state.reader {
                state.reader = nil
                return reader
            }
            state.store(event, within: capacity)
            return nil
        }
        reader?.resume(returning: .event(event))
    }

    func close() {
        let reader = state.withLock { state in
            state.isOpen = false
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
    }

    func next() async -> Subscription.Element? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let outcome = state.withLock { state -> Subscription.Element?? in
                    if let element = state.take() { return element }
                    guard state.isOpen, !Task.isCancelled else { return .some(nil) }
                    precondition(state.reader == nil, "a subscription has one reader at a time")
                    state.reader = continuation
                    return nil
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            let reader = state.withLock { state in
                defer { state.reader = nil }
                return state.reader
            }
            reader?.resume(returning: nil)
        }
    }
}

extension SubscriptionBuffer.State {
    /// The events that have been read are removed once they are this many.
    private static let compaction = 64

    fileprivate mutating func store(_ event: Event, within capacity: Subscription.Capacity) {
        events.append(event)
        bytes += event.size
        while events.count - head > max(1, capacity.events) || (bytes > capacity.bytes && events.count - head > 1) {
            removeOldest()
            gap += 1
            dropped += 1
        }
    }

    fileprivate mutating func take() -> Subscription.Element? {
        if gap > 0 {
            defer { gap = 0 }
            return .dropped(gap)
        }
        guard head < events.count else { return nil }
        return .event(removeOldest())
    }

    @discardableResult
    private mutating func removeOldest() -> Event {
        let event = events[head]
        bytes -= event.size
        head += 1
        if head == events.count {
            events.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= Self.compaction, head * 2 >= events.count {
            events.removeFirst(head)
            head = 0
        }
        return event
    }
}

extension Event {
    /// Bytes of its lines and frames.
    fileprivate var size: Int {
        switch body {
        case .urc(let line, _): line.count
        case .frame(let frame): frame.headerBytes.count + frame.body.count
        case .late(_, .line(let line)): line.count
        case .anomaly(.frameSuspect(let bytes)): bytes.count
        case .late, .anomaly, .state, .restarted: 0
        }
    }
}
