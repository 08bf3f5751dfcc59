import CLuaShim
import Glibc
import Synchronization

/// A plain thread that looks whether the VM still reacts. It takes no lock the VM's thread holds while it works.
///
/// `@unchecked Sendable`: `isStopping` is behind `lock`; the rest is set before the thread starts, or used by it alone.
final class Watchdog: @unchecked Sendable {
    /// How often it looks, in ns. Nothing else wakes it, so that entries stay cheap.
    static let period: Int64 = 50_000_000

    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    /// `nil` before it runs.
    private var thread: pthread_t?
    private var isStopping = false

    private let state: LiveState
    private var watch: EntryWatch
    private let act: @Sendable (LuaBlockage) -> Void

    /// - Parameter deadline: of the run, monotonic ns on the real clock; `nil` when the run has another clock or none.
    init(
        _ state: LiveState,
        limits: LuaLimits,
        deadline: Int64?,
        act: @escaping @Sendable (LuaBlockage) -> Void
    ) {
        lock = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
        self.state = state
        watch = EntryWatch(limits: limits, deadline: deadline)
        self.act = act
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(lock)
        lock.deallocate()
        condition.deallocate()
    }

    /// - Throws: `internal` when the system gives no thread.
    func start() throws(LuaFailure) {
        thread = try startThread(for: "the watchdog", stackSize: 512 << 10) { [self] in main() }
    }

    /// From any thread but its own. One that never started is no error.
    func stopAndJoin() {
        guard let thread else { return }
        pthread_mutex_lock(lock)
        isStopping = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(lock)
        pthread_join(thread, nil)
    }

    private func main() {
        while sleep() {
            guard let blockage = look() else { continue }
            act(blockage)
            return
        }
    }

    private func sleep() -> Bool {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        let end = LuaSystemClock().monotonic + Self.period
        var time = timespec(tv_sec: Int(end / 1_000_000_000), tv_nsec: Int(end % 1_000_000_000))
        while !isStopping {
            if pthread_cond_timedwait(condition, lock, &time) == ETIMEDOUT { return !isStopping }
        }
        return false
    }

    private func look() -> LuaBlockage? {
        switch watch.look(at: LuaSystemClock().monotonic, state.look()) {
        case .fine: break
        case .tooLong: state.interrupt(MWL_PHASE_CANCEL, .burst)
        case .blocked(let blockage): return blockage
        }
        return nil
    }
}

/// The state while it lives, for those two calls of the shim that other threads may make.
final class LiveState: Sendable {
    /// `@unchecked Sendable`: only used under the lock, for mwl_interrupt and mwl_blocked_in.
    private struct Pointer: @unchecked Sendable {
        var state: OpaquePointer?
        var pending: (phase: mwl_phase, reason: LuaCause)?
    }

    private let pointer = Mutex(Pointer())

    /// `nil` before it is closed. What came too early is passed on.
    func set(_ state: OpaquePointer?) {
        pointer.withLock { pointer in
            pointer.state = state
            if let state, let pending = pointer.pending {
                mwl_interrupt(state, Int32(pending.phase.rawValue), pending.reason.shim)
            }
        }
    }

    func interrupt(_ phase: mwl_phase, _ reason: LuaCause) {
        pointer.withLock { pointer in
            pointer.pending = (phase, reason)
            guard let state = pointer.state else { return }
            mwl_interrupt(state, Int32(phase.rawValue), reason.shim)
        }
    }

    /// What the VM does right now; `nil` when it is at rest.
    func look() -> EntryWatch.Sight? {
        pointer.withLock { pointer in
            guard let state = pointer.state else { return nil }
            var sighting = mwl_sighting()
            mwl_blocked_in(state, &sighting)
            guard sighting.entry != 0 else { return nil }
            return EntryWatch.Sight(
                entry: sighting.entry,
                isKilled: UInt32(sighting.phase) == MWL_PHASE_KILL.rawValue,
                reason: sighting.reason == 0 ? nil : LuaCause(shim: sighting.reason),
                name: Self.text(&sighting.what, MemoryLayout.size(ofValue: sighting.what)),
                location: Self.text(&sighting.location, MemoryLayout.size(ofValue: sighting.location))
            )
        }
    }

    private static func text<Characters>(_ characters: inout Characters, _ size: Int) -> String {
        withUnsafeBytes(of: &characters) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
