extension Lexer {
    /// A numeral: what looks like one is taken whole, and is then well formed or not.
    mutating func number(from start: Int) throws(SyntaxProblem) -> Token.Kind {
        let isHexadecimal = peek() == 48 && (peek(1) == UInt8(ascii: "x") || peek(1) == UInt8(ascii: "X"))
        if isHexadecimal { position += 2 }
        let exponents: [UInt8] = isHexadecimal ? [112, 80] : [101, 69]
        while let byte = peek() {
            if exponents.contains(byte) {
                position += 1
                if peek() == UInt8(ascii: "-") || peek() == UInt8(ascii: "+") { position += 1 }
            } else if byte == UInt8(ascii: ".") || Self.digit(byte) != nil {
                position += 1
            } else {
                break
            }
        }
        if let byte = peek(), Self.isWordByte(byte) { position += 1 }
        let text = source[start..<position]
        let value = isHexadecimal ? Self.hexadecimal(text.dropFirst(2)) : Self.decimal(text)
        guard let value else { throw problem("malformed number", near: start..<position) }
        return value
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        byte < 128 ? Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt64($0) } : nil
    }

    /// Whole numbers that do not fit become floats, as in Lua.
    private static func decimal(_ text: ArraySlice<UInt8>) -> Token.Kind? {
        if text.allSatisfy({ (48...57).contains($0) }), let value = Int64(String(decoding: text, as: UTF8.self)) {
            return .integer(value)
        }
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == 101 || $0 == 69 }
        guard let mantissa = parts.first, isDigitsWithPoint(mantissa, { (48...57).contains($0) }) else { return nil }
        var normal = "0" + String(decoding: mantissa, as: UTF8.self) + (mantissa.contains(46) ? "0" : "")
        if parts.count == 2 {
            guard let exponent = exponent(parts[1]) else { return nil }
            normal += "e" + exponent
        }
        return Double(normal).map { .number($0) }
    }

    /// Without the `0x`. Whole numbers wrap around.
    private static func hexadecimal(_ text: ArraySlice<UInt8>) -> Token.Kind? {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == 112 || $0 == 80 }
        guard let mantissa = parts.first, isDigitsWithPoint(mantissa, { digit($0) != nil }) else { return nil }
        if parts.count == 1, !mantissa.contains(46) {
            let value = mantissa.reduce(UInt64(0)) { $0 &* 16 &+ (digit($1) ?? 0) }
            return .integer(Int64(bitPattern: value))
        }
        var value = 0.0
        var scale = 0
        var isBehindPoint = false
        for byte in mantissa {
            guard let digit = digit(byte) else {
                isBehindPoint = true
                continue
            }
            value = value * 16 + Double(digit)
            if isBehindPoint { scale -= 4 }
        }
        if parts.count == 2 {
            guard let exponent = exponent(parts[1]) else { return nil }
            scale += Int(exponent) ?? (exponent.hasPrefix("-") ? -100_000 : 100_000)
        }
        return .number(scaled(value, by: scale))
    }

    private static func scaled(_ value: Double, by exponent: Int) -> Double {
        guard value != 0 else { return 0 }
        return Double(sign: .plus, exponent: min(max(exponent, -5000), 5000), significand: value)
    }

    private static func isDigitsWithPoint(_ text: ArraySlice<UInt8>, _ isDigit: (UInt8) -> Bool) -> Bool {
        let points = text.count { $0 == 46 }
        return points <= 1 && text.count > points && text.allSatisfy { $0 == 46 || isDigit($0) }
    }

    private static func exponent(_ text: ArraySlice<UInt8>) -> String? {
        let digits = text.first == 43 || text.first == 45 ? text.dropFirst() : text
        guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return (text.first == 45 ? "-" : "") + String(decoding: digits, as: UTF8.self)
    }
}
