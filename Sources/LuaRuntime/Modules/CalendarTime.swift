/// UTC dates without Foundation.
enum CalendarTime {
    /// `2026-11-25T10:40:00.250Z`, proleptic Gregorian. `seconds` since 1970.
    static func iso(_ seconds: Double) -> String {
        guard seconds.isFinite, abs(seconds) < 1e14 else { return "(no date)" }
        let milliseconds = Int64((seconds * 1000).rounded(.down))
        let (day, rest) = milliseconds.floorDivided(by: 86_400_000)
        let (year, month, date) = civil(day)
        let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { padded($0, 2) }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))T\(clock.joined(separator: ":"))"
            + ".\(padded(rest % 1000, 3))Z"
    }

    /// Days since 1970 to year, month, day, by counting in 400-year eras that begin in March.
    private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
        let (era, dayOfEra) = (days + 719_468).floorDivided(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> (Int64, Int64) {
        let remainder = (self % divisor + divisor) % divisor
        return ((self - remainder) / divisor, remainder)
    }
}
