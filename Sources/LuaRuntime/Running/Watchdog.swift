import CLuaShim
import Glibc
import Synchronization

/// A plain thread that looks whether the VM still reacts. It takes no lock the VM's thread holds while it works.
///
/// `@unchecked Sendable`: `isStopping` is behind `lock`; the rest is set before the thread starts, or used by it alone.
final class Watchdog: @unchecked Sendable {
    /// How often it looks, in ns. Nothing else wakes it, so that entries stay cheap.
    static let period: Int64 = 50_000_000
    /// This much real time in one entry counts as a burst.
    static let longestEntry: Int64 = 30_000_000_000

    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var thread = pthread_t()
    private var isStopping = false

    private let state: LiveState
    private let limits: LuaLimits
    /// Monotonic ns of the run deadline, on the real clock; `nil` when the run has another clock or no deadline.
    private let deadline: Int64?
    private let act: @Sendable (LuaBlockage) -> Void
    private var killSeen: Int64?
    /// The entry seen last, and when first.
    private var entry: (number: UInt64, since: Int64)?

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
        self.limits = limits
        self.deadline = deadline
        self.act = act
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(lock)
        lock.deallocate()
        condition.deallocate()
    }

    func start() {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, 512 << 10)
        defer { pthread_attr_destroy(&attributes) }
        let status = pthread_create(
            &thread,
            &attributes,
            { runWatchdog($0) },
            Unmanaged.passRetained(self).toOpaque()
        )
        precondition(status == 0, "no thread for the watchdog: error \(status)")
    }

    /// From any thread but its own.
    func stopAndJoin() {
        pthread_mutex_lock(lock)
        isStopping = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(lock)
        pthread_join(thread, nil)
    }

    fileprivate func main() {
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
        let now = LuaSystemClock().monotonic
        guard let seen = state.look() else { return nil }
        let since = entry?.number == seen.entry ? entry?.since ?? now : now
        entry = (seen.entry, since)
        if seen.phase == MWL_PHASE_KILL.rawValue {
            killSeen = killSeen ?? now
        } else if now - since > Self.longestEntry {
            state.interrupt(MWL_PHASE_CANCEL, .burst)
        }
        let grace = limits.grace.wholeNanoseconds
        var end = since + Self.longestEntry + grace
        if let deadline { end = min(end, deadline + grace) }
        if let killSeen { end = min(end, killSeen) }
        guard now >= max(end, since) + limits.watchdog.wholeNanoseconds else { return nil }
        let isOverdue = deadline.map { now >= $0 } ?? false
        return LuaBlockage(
            blockedIn: seen.name.isEmpty ? "Lua" : seen.name,
            location: seen.location.isEmpty ? nil : seen.location,
            cause: seen.reason ?? (isOverdue ? .deadline : .burst)
        )
    }
}

private func runWatchdog(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let box {
        Unmanaged<Watchdog>.fromOpaque(box).takeRetainedValue().main()
    }
    return nil
}

/// The state while it lives, for those two calls of the shim that other threads may make.
final class LiveState: Sendable {
    /// `@unchecked Sendable`: only used under the lock, for mwl_interrupt and mwl_blocked_in.
    private struct Pointer: @unchecked Sendable {
        var state: OpaquePointer?
        var pending: (phase: mwl_phase, reason: LuaCause)?
    }

    private let pointer = Mutex(Pointer())

    struct Sight {
        /// Each entry into the VM has a number of its own.
        var entry: UInt64
        var phase: UInt32
        var reason: LuaCause?
        var name: String
        var location: String
    }

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
    func look() -> Sight? {
        pointer.withLock { pointer in
            guard let state = pointer.state else { return nil }
            var sighting = mwl_sighting()
            mwl_blocked_in(state, &sighting)
            guard sighting.entry != 0 else { return nil }
            return Sight(
                entry: sighting.entry,
                phase: UInt32(sighting.phase),
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
