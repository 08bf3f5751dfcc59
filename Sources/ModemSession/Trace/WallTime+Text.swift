extension WallTime {
    /// ISO 8601 with microseconds: `2026-03-01T09:38:02.114912Z`.
    public var text: String {
        var bytes: [UInt8] = []
        var clock = WallClockText()
        clock.append(self, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Writes one time after another; those of the same second differ in their fraction alone.
struct WallClockText {
    private var second: Int64?
    /// `2026-03-01T09:38:02.`
    private var whole: [UInt8] = []

    mutating func append(_ time: WallTime, to bytes: inout [UInt8]) {
        let (second, nanoseconds) = time.nanoseconds.flooredDivision(by: 1_000_000_000)
        if second != self.second {
            self.second = second
            whole = Self.whole(second)
        }
        bytes.append(contentsOf: whole)
        bytes.append(decimal: nanoseconds / 1000, digits: 6)
        bytes.append(UInt8(ascii: "Z"))
    }

    private static func whole(_ second: Int64) -> [UInt8] {
        let (days, second) = second.flooredDivision(by: 86_400)
        let date = CivilDate(daysSince1970: days)
        var bytes: [UInt8] = []
        bytes.append(decimal: date.year, digits: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(decimal: date.month, digits: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(decimal: date.day, digits: 2)
        bytes.append(UInt8(ascii: "T"))
        bytes.append(decimal: second / 3600, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: second / 60 % 60, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: second % 60, digits: 2)
        bytes.append(UInt8(ascii: "."))
        return bytes
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

extension [UInt8] {
    /// With leading zeros up to `digits`.
    mutating func append(decimal number: some FixedWidthInteger, digits: Int = 1) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = UInt64(number.magnitude)
        // The last digits stand at the end.
        var reversed: InlineArray<20, UInt8> = InlineArray(repeating: UInt8(ascii: "0"))
        var count = 0
        repeat {
            reversed[count] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
            count += 1
        } while rest > 0
        for index in stride(from: Swift.max(count, digits) - 1, through: 0, by: -1) { append(reversed[index]) }
    }
}
