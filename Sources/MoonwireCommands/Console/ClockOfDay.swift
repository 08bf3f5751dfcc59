internal import Glibc

/// The local time of day, `14:03:07.041`.
enum ClockOfDay {
    static func now() -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var parts = tm()
        localtime_r(&time.tv_sec, &parts)
        let milliseconds = time.tv_nsec / 1_000_000
        return
            "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec)).\(milliseconds < 100 ? "0" : "")\(padded(milliseconds))"
    }

    private static func padded(_ number: some BinaryInteger) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
