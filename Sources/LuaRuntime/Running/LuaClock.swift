import Glibc

/// The run's clock: real, or the simulation's.
public protocol LuaClock: Sendable {
    /// Nanoseconds, never going back, from an origin of the clock's choice.
    var monotonic: Int64 { get }
    /// Seconds since 1970.
    var wall: Double { get }
    /// Calls `wake` once, from any thread, when ``monotonic`` has reached `deadline`. A new request replaces the
    /// one before; `nil` withdraws it. One VM per clock object asks.
    func wake(at deadline: Int64?, _ wake: @escaping @Sendable () -> Void)
}

/// The machine's clocks. The VM thread itself sleeps until the next timer, so ``wake(at:_:)`` is never asked.
public struct LuaSystemClock: LuaClock {
    public init() {}

    public var monotonic: Int64 { Self.read(CLOCK_MONOTONIC) }

    public var wall: Double { Double(Self.read(CLOCK_REALTIME)) / 1e9 }

    public func wake(at deadline: Int64?, _ wake: @escaping @Sendable () -> Void) {}

    static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
