/// Spans of time as operators read them.
enum ElapsedTime {
    /// `00:00.031`: minutes, seconds, milliseconds; hours in front when there are any.
    static func stamp(_ elapsed: Duration) -> String {
        let milliseconds = max(0, elapsed.milliseconds)
        let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000)
        let clock = "\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2)).\(padded(rest, 3))"
        return seconds >= 3600 ? "\(seconds / 3600):\(clock)" : clock
    }

    /// `0.14 s`: hundredths below a minute, then `2 min 05 s`.
    static func words(_ elapsed: Duration) -> String {
        let hundredths = max(0, elapsed.milliseconds / 10)
        let seconds = hundredths / 100
        guard seconds >= 60 else { return "\(seconds).\(padded(hundredths % 100, 2)) s" }
        return "\(seconds / 60) min \(padded(seconds % 60, 2)) s"
    }

    private static func padded(_ number: Int64, _ places: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, places - digits.count)) + digits
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
