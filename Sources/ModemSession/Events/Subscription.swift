public import ATProtocol

/// The events of one session that a filter takes, in wire order, from the call of `subscribe` on.
///
/// Bounded: when its reader is slow the oldest event goes, and `dropped` stands in its place. Ends when the session
/// ends or `cancel` is called. One reader at a time.
public struct Subscription: AsyncSequence, Sendable {
    public enum Element: Equatable, Sendable {
        case event(Event)
        /// This many events were here and had to go.
        case dropped(Int)
    }

    /// How much may wait to be read.
    public struct Capacity: Equatable, Sendable {
        public var events: Int
        /// Bytes of lines and frames together. One event is kept whatever its size.
        public var bytes: Int

        public init(events: Int = 64, bytes: Int = 1 << 20) {
            self.events = events
            self.bytes = bytes
        }
    }

    let buffer: SubscriptionBuffer
    let observation: Observation

    /// Events dropped since the beginning.
    public var dropped: Int { buffer.dropped }

    /// Takes no more events; what waits can still be read.
    public func cancel() {
        observation.cancel()
        buffer.close()
    }

    public func makeAsyncIterator() -> Iterator { Iterator(buffer: buffer) }

    public struct Iterator: AsyncIteratorProtocol {
        let buffer: SubscriptionBuffer

        /// The next element; nil at the end and when the task is cancelled.
        public mutating func next() async -> Element? { await buffer.next() }
    }
}
