/// A point on a monotonic clock that the caller owns. The core never reads a clock; it is told the time.
public struct Moment: Comparable, Hashable, Sendable {
    /// Nanoseconds since an origin of the caller's choice.
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    public static func < (left: Moment, right: Moment) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    public static func + (moment: Moment, duration: Duration) -> Moment {
        Moment(nanoseconds: moment.nanoseconds + duration.nanoseconds)
    }

    public static func - (later: Moment, earlier: Moment) -> Duration {
        .nanoseconds(later.nanoseconds - earlier.nanoseconds)
    }
}

extension Duration {
    /// The whole duration in nanoseconds; saturates beyond ±292 years.
    @inlinable
    public var nanoseconds: Int64 {
        Int64(clamping: attoseconds / 1_000_000_000)
    }
}
