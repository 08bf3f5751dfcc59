extension WallTime {
    /// ISO 8601 with microseconds: `2026-03-01T09:38:02.114912Z`.
    public var text: String {
        var text = TextBytes()
        var clock = WallClockText()
        clock.append(self, to: &text)
        return text.withBytes { String(decoding: $0, as: UTF8.self) }
    }
}

/// Writes one time after another; those of the same second differ in their fraction alone.
struct WallClockText {
    private var second: Int64?
    /// `2026-03-01T09:38:02.`
    private var whole: [UInt8] = []

    mutating func append(_ time: WallTime, to text: inout TextBytes) {
        let (second, nanoseconds) = time.nanoseconds.flooredDivision(by: 1_000_000_000)
        if second != self.second {
            self.second = second
            whole = Self.whole(second)
        }
        text.append(whole)
        text.append(decimal: nanoseconds / 1000, digits: 6)
        text.append(UInt8(ascii: "Z"))
    }

    private static func whole(_ second: Int64) -> [UInt8] {
        let (days, second) = second.flooredDivision(by: 86_400)
        let date = CivilDate(daysSince1970: days)
        var text = TextBytes()
        text.append(decimal: date.year, digits: 4)
        text.append(UInt8(ascii: "-"))
        text.append(decimal: date.month, digits: 2)
        text.append(UInt8(ascii: "-"))
        text.append(decimal: date.day, digits: 2)
        text.append(UInt8(ascii: "T"))
        text.append(decimal: second / 3600, digits: 2)
        text.append(UInt8(ascii: ":"))
        text.append(decimal: second / 60 % 60, digits: 2)
        text.append(UInt8(ascii: ":"))
        text.append(decimal: second % 60, digits: 2)
        text.append(UInt8(ascii: "."))
        return text.withBytes(Array.init)
    }
}

/// A day of the Gregorian calendar, reckoned in 400-year eras that begin on 1 March, so that leap days come last.
private struct CivilDate {
    var year: Int64
    var month: Int64
    var day: Int64

    init(daysSince1970 days: Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }
}

extension Int64 {
    /// Quotient towards minus infinity and the remainder, which is never negative.
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
