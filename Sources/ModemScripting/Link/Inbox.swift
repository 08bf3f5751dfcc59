import LuaRuntime
import Synchronization

/// Things that arrive, and calls that wait for one of them. What nobody waits for is kept, up to a limit.
final class Inbox<Element: Sendable>: Sendable {
    /// What a call gets when its time is up.
    enum Expiry: Sendable {
        case fail(LuaFailure)
        /// The call returns nothing: a loop ends.
        case end
    }

    private struct Taker: Sendable {
        var id: UInt64
        var completion: LuaCompletion
        var accepts: @Sendable (Element) -> Bool
        var timer: LuaTimer?
    }

    private struct State {
        var kept: [Element] = []
        var takers: [Taker] = []
        var nextID: UInt64 = 0
        var dropped = 0
        /// Why nothing comes any more.
        var ended: LuaFailure?
    }

    private let state = Mutex(State())
    private let port: LuaEventPort
    private let limit: Int
    private let values: @Sendable (Element) -> [LuaValue]

    /// - Parameters:
    ///   - limit: how many are kept; the oldest goes first.
    ///   - values: what a call gets for an element.
    init(port: LuaEventPort, limit: Int, values: @escaping @Sendable (Element) -> [LuaValue]) {
        self.port = port
        self.limit = limit
        self.values = values
    }

    var dropped: Int { state.withLock { $0.dropped } }

    enum Unclaimed: Sendable { case keep, drop }

    /// Hands `element` to the call that has waited longest and accepts it.
    func put(_ element: Element, unclaimed: Unclaimed = .keep) {
        state.withLock { state in
            guard state.ended == nil else { return }
            guard let position = state.takers.firstIndex(where: { $0.accepts(element) }) else {
                guard unclaimed == .keep else { return }
                if state.kept.count >= limit {
                    state.kept.removeFirst()
                    state.dropped += 1
                }
                return state.kept.append(element)
            }
            let taker = state.takers.remove(at: position)
            taker.timer?.cancel()
            // Under the lock, so that what is put in order is posted in order.
            port.post(.complete(taker.completion, .success(values(element))))
        }
    }

    /// Completes the call with the first element that `accepts` takes, kept or to come.
    /// - Parameter unavailable: why none can come; what is kept is given all the same.
    func take(
        _ completion: LuaCompletion,
        host: LuaHost,
        timeout: Duration,
        onExpiry expiry: Expiry,
        unavailable: LuaFailure? = nil,
        accepts: @escaping @Sendable (Element) -> Bool = { _ in true }
    ) -> LuaFunction.Abort? {
        let id: UInt64? = state.withLock { state in
            if let position = state.kept.firstIndex(where: accepts) {
                port.post(.complete(completion, .success(values(state.kept.remove(at: position)))))
                return nil
            }
            if let ended = state.ended ?? unavailable {
                port.post(.complete(completion, .failure(ended)))
                return nil
            }
            state.nextID += 1
            state.takers.append(Taker(id: state.nextID, completion: completion, accepts: accepts))
            return state.nextID
        }
        guard let id else { return nil }
        let timer = host.after(timeout) { self.expired(id, expiry) }
        keep(timer, for: id)
        return { self.forget(id) }
    }

    private func keep(_ timer: LuaTimer, for id: UInt64) {
        let isGone = state.withLock { state in
            guard let position = state.takers.firstIndex(where: { $0.id == id }) else { return true }
            state.takers[position].timer = timer
            return false
        }
        if isGone { timer.cancel() }
    }

    private func expired(_ id: UInt64, _ expiry: Expiry) {
        guard let taker = remove(id) else { return }
        switch expiry {
        case .fail(let failure): port.post(.complete(taker.completion, .failure(failure)))
        case .end: port.post(.complete(taker.completion, .success([])))
        }
    }

    private func forget(_ id: UInt64) {
        remove(id)?.timer?.cancel()
    }

    @discardableResult
    private func remove(_ id: UInt64) -> Taker? {
        state.withLock { state in
            state.takers.firstIndex { $0.id == id }.map { state.takers.remove(at: $0) }
        }
    }

    /// Takes what is kept and fits, in order.
    func drain(where accepts: (Element) -> Bool) -> [Element] {
        state.withLock { state in
            let taken = state.kept.filter(accepts)
            state.kept.removeAll(where: accepts)
            return taken
        }
    }

    /// Fails the calls that wait now; later ones wait again.
    func failWaiting(_ failure: LuaFailure) {
        state.withLock { state in
            for taker in state.takers {
                taker.timer?.cancel()
                port.post(.complete(taker.completion, .failure(failure)))
            }
            state.takers = []
        }
    }

    /// What was armed before the port was lost does not wait any more, whether somebody waits already or will.
    func heard(_ news: PortNews) {
        switch news {
        case .lost, .abandoned: end(LuaFailure(.lost, news.text))
        case .state, .reopened: break
        }
    }

    /// Nothing comes any more: every call that finds nothing kept fails.
    func end(_ failure: LuaFailure) {
        state.withLock { $0.ended = $0.ended ?? failure }
        failWaiting(failure)
    }
}
