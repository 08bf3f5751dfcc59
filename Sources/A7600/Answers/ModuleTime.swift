public import ATProtocol

/// The module's clock: local time with its zone (TS 27.007 8.15).
public struct ModuleTime: Hashable, Sendable, CustomStringConvertible {
    /// 1970 to 2069.
    public var year: Int
    public var month: Int
    public var day: Int
    public var hour: Int
    public var minute: Int
    public var second: Int
    /// Quarter hours east of UTC.
    public var zone: Int

    public init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, zone: Int = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.zone = zone
    }

    /// `+CCLK: "26/03/01,09:38:02+04"`; nil: not a line of this kind, or no time.
    public init?(_ line: Line) {
        guard let answer = AnswerLine(line, prefix: "+CCLK"), let text = answer.text(0) else { return nil }
        self.init(text)
    }

    /// `yy/MM/dd,hh:mm:ss±zz`, the zone optional. Years 70 to 99 are 1970 to 1999.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let separators = ["/", "/", ",", ":", ":"].map { UInt8(ascii: $0) }
        guard bytes.count >= 17, (0..<5).allSatisfy({ bytes[3 * $0 + 2] == separators[$0] }) else { return nil }
        let numbers = (0..<6).compactMap { Self.number(bytes[(3 * $0)..<(3 * $0 + 2)]) }
        guard numbers.count == 6, (1...12).contains(numbers[1]), (1...31).contains(numbers[2]),
            (0...23).contains(numbers[3]), (0...59).contains(numbers[4]), (0...60).contains(numbers[5])
        else { return nil }
        let year = numbers[0]
        self.init(
            year: year >= 70 ? 1900 + year : 2000 + year,
            month: numbers[1],
            day: numbers[2],
            hour: numbers[3],
            minute: numbers[4],
            second: numbers[5]
        )
        guard bytes.count > 17 else { return }
        guard let zone = Self.number(bytes[18...]), bytes[17] == ASCII.plus || bytes[17] == ASCII.minus else {
            return nil
        }
        self.zone = bytes[17] == ASCII.minus ? -zone : zone
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy(ASCII.digits.contains) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// Whether anybody has set the clock since the module has had power: it starts in 1970.
    public var isSet: Bool { year >= 2000 }

    /// Seconds since 1970 in UTC.
    public var secondsSince1970: Int {
        // Days from the civil calendar, with years that begin in March so that the leap day is the last.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return days * 86_400 + hour * 3600 + minute * 60 + second - zone * 900
    }

    /// As `AT+CCLK=` takes it, without the quotes.
    public var description: String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
        let date = "\(two(year % 100))/\(two(month))/\(two(day))"
        return "\(date),\(two(hour)):\(two(minute)):\(two(second))\(zone < 0 ? "-" : "+")\(two(abs(zone)))"
    }
}
