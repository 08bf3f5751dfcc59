internal import ATProtocol

/// Times of a trace as people read them.
enum ClockText {
    /// `00:01.834` from the beginning of the session; `1:00:01.834` from an hour on.
    static func time(_ moment: Moment) -> String {
        ElapsedTime.stamp(.nanoseconds(moment.nanoseconds))
    }

    /// `9 ms`, `1.2 s`, `3 min 20 s`.
    static func span(_ duration: Duration) -> String {
        let milliseconds = duration.nanoseconds / 1_000_000
        switch milliseconds {
        case ..<1: return "<1 ms"
        case ..<1000: return "\(milliseconds) ms"
        default: return ElapsedTime.words(duration)
        }
    }
}
