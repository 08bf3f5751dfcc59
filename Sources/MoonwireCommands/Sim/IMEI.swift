/// The 15 digits that name a module: 14 of its own and a check digit (3GPP TS 23.003, annex B).
struct IMEI: Equatable, Sendable {
    let text: String

    /// Any 15 digits: operators also use numbers whose check digit is wrong.
    init?(_ text: String) {
        guard text.utf8.count == 15, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.text = text
    }

    /// The number that comes so many later, with its check digit. With 0: this one as it is.
    func advanced(by distance: Int) -> IMEI {
        guard distance != 0 else { return self }
        let digits = String((Int(text.prefix(14)) ?? 0) + distance)
        let own = (String(repeating: "0", count: max(0, 14 - digits.count)) + digits).suffix(14)
        return IMEI(own + String(Self.checkDigit(of: own))) ?? self
    }

    /// Luhn's sum: every second digit from the right counts double, and the check digit makes it a multiple of ten.
    private static func checkDigit(of digits: Substring) -> Int {
        let sum = digits.reversed().enumerated().reduce(0) { sum, entry in
            let digit = entry.element.wholeNumberValue ?? 0
            let weighted = entry.offset % 2 == 0 ? digit * 2 : digit
            return sum + (weighted > 9 ? weighted - 9 : weighted)
        }
        return (10 - sum % 10) % 10
    }
}
