import Synchronization

/// An ordered way into the VM, one per producer (a modem session). What is posted in order from any threads reaches
/// Lua in that order: a completion posted before a delivery resumes its task first. Between ports no order is promised.
///
/// Completions are never dropped. Deliveries are bounded: beyond 4,096 waiting ones, or 1 MiB, the oldest goes, one
/// warning is logged, and the loss is counted on its subscription.
public final class LuaEventPort: Sendable {
    public enum Event: Sendable {
        /// The end of a waiting call.
        indirect case complete(LuaCompletion, Result<[LuaValue], LuaFailure>)
        /// One event for a subscription's handler.
        case deliver(LuaSubscription, [LuaValue])
        /// Closes the subscription behind everything delivered before.
        case end(LuaSubscription)
    }

    public let name: String
    let host: LuaHost
    let ring = Mutex(EventRing())

    init(name: String, host: LuaHost) {
        self.name = name
        self.host = host
    }

    /// From any thread; never blocks. Ignored once the VM has ended.
    public func post(_ event: Event) {
        host.accept(event, at: self)
    }

    /// The VM has ended: what waits here reaches no script.
    func refuse() {
        for event in ring.withLock({ $0.take(.max).events }) {
            guard case .complete(_, .success(let values)) = event else { continue }
            for case .object(let object) in values { object.luaRefused() }
        }
    }
}
