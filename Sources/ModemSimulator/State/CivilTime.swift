/// A date and time of day in the proleptic Gregorian calendar. Years 70–99 of two digits are 1970–1999.
struct CivilTime: Equatable, Sendable {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int

    /// Source: H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
    init(unix: Int64) {
        let days = Int(unix >= 0 ? unix / 86_400 : (unix - 86_399) / 86_400)
        let rest = Int(unix - Int64(days) * 86_400)
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Reads `yy/MM/dd,hh:mm:ss`.
    init?(text: some Collection<UInt8>) {
        let fields = text.split(omittingEmptySubsequences: false) { !$0.isDigit }
        let separators = text.filter { !$0.isDigit }
        guard separators.elementsEqual("//,::".utf8), fields.count == 6, fields.allSatisfy({ $0.count == 2 }) else {
            return nil
        }
        let values = fields.compactMap { ArgumentReader.number(Array($0)) }
        guard values.count == 6 else { return nil }
        year = values[0] + (values[0] >= 70 ? 1900 : 2000)
        (month, day, hour, minute, second) = (values[1], values[2], values[3], values[4], values[5])
        guard (1...12).contains(month), day >= 1, hour < 24, minute < 60, second < 60 else { return nil }
        guard CivilTime(unix: unix) == self else { return nil }
    }

    /// Unix seconds, the fields taken as UTC. Source: as `init(unix:)`, days_from_civil.
    var unix: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    }

    /// `yy/MM/dd,hh:mm:ss`.
    var text: String {
        "\(padded(year % 100))/\(padded(month))/\(padded(day)),\(padded(hour)):\(padded(minute)):\(padded(second))"
    }
}
