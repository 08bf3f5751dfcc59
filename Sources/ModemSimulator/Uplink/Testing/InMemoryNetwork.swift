import Synchronization

/// The in-memory broker as an uplink of a module that runs on the real clock.
///
/// Events are delivered by a task of its own, so never before `perform` has returned.
package final class InMemoryNetwork: MQTTUplink {
    private let broker: Mutex<InMemoryUplink>
    private let events: AsyncStream<UplinkEvent>.Continuation
    private let delivery: Task<Void, Never>

    package init(_ broker: InMemoryUplink = InMemoryUplink(), deliver: @escaping @Sendable (UplinkEvent) -> Void) {
        self.broker = Mutex(broker)
        let (stream, continuation) = AsyncStream.makeStream(of: UplinkEvent.self)
        events = continuation
        // Ended and awaited by `shutdown`.
        delivery = Task {
            for await event in stream {
                if Task.isCancelled { return }
                deliver(event)
            }
        }
    }

    deinit { events.finish() }

    package func perform(_ request: UplinkRequest) {
        change { $0.perform(request) }
    }

    /// Does something at the broker: publishes from another client, breaks a connection, prepares a failure.
    package func change(_ action: (inout InMemoryUplink) -> [UplinkEvent]) {
        broker.withLock {
            for event in action(&$0) { events.yield(event) }
        }
    }

    /// A copy of the broker as it is now.
    package var snapshot: InMemoryUplink { broker.withLock { $0 } }

    package func shutdown() async {
        delivery.cancel()
        events.finish()
        await delivery.value
    }
}
