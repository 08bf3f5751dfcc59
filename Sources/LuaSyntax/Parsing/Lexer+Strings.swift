extension Lexer {
    /// The number of `=` in a long bracket that opens here; nil: none does. Does not step over it.
    func longBracketLevel() -> Int? {
        var level = 0
        while peek(1 + level) == UInt8(ascii: "=") { level += 1 }
        return peek(1 + level) == UInt8(ascii: "[") ? level : nil
    }

    /// From the opening bracket to behind the closing one. Line ends become LF; one right at the start is dropped.
    mutating func longString(_ level: Int, what: String) throws(SyntaxProblem) -> [UInt8] {
        let first = line
        position += level + 2
        if let byte = peek(), byte == 10 || byte == 13 { skipLineEnd() }
        var bytes: [UInt8] = []
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "]") where closes(level):
                position += level + 2
                return bytes
            case 10, 13:
                skipLineEnd()
                bytes.append(10)
            default:
                bytes.append(byte)
                position += 1
            }
        }
        let brackets = "]" + String(repeating: "=", count: level) + "]"
        throw SyntaxProblem(
            line: line,
            message: "unfinished long \(what) (starting at line \(first)) near <eof>",
            advice: "close it with \(brackets)"
        )
    }

    private func closes(_ level: Int) -> Bool {
        for offset in 0..<level where peek(1 + offset) != UInt8(ascii: "=") { return false }
        return peek(1 + level) == UInt8(ascii: "]")
    }

    mutating func quotedString(_ quote: UInt8) throws(SyntaxProblem) -> [UInt8] {
        let start = position
        position += 1
        var bytes: [UInt8] = []
        while let byte = peek() {
            switch byte {
            case quote:
                position += 1
                return bytes
            case 10, 13:
                throw problem(
                    "unfinished string",
                    near: start..<position,
                    advice: "close it before the end of the line, or write [[ … ]] for several lines"
                )
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &bytes, from: start)
            default:
                bytes.append(byte)
                position += 1
            }
        }
        throw SyntaxProblem(line: line, message: "unfinished string near <eof>", advice: "close it")
    }

    private mutating func escape(into bytes: inout [UInt8], from start: Int) throws(SyntaxProblem) {
        guard let byte = peek() else { return }
        if let plain = Self.escapes[byte] {
            bytes.append(plain)
            position += 1
            return
        }
        switch byte {
        case 10, 13:
            skipLineEnd()
            bytes.append(10)
        case UInt8(ascii: "z"):
            position += 1
            while let blank = peek(), blank == 32 || (9...13).contains(blank) {
                if blank == 10 || blank == 13 { skipLineEnd() } else { position += 1 }
            }
        case UInt8(ascii: "x"): bytes.append(try hexadecimalEscape(from: start))
        case UInt8(ascii: "u"): bytes += try unicodeEscape(from: start)
        case 48...57: bytes.append(try decimalEscape(from: start))
        default:
            position += 1
            throw problem(
                "invalid escape sequence",
                near: position - 2..<position,
                advice: #"write \\ for a backslash"#
            )
        }
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
        UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): 92,
        UInt8(ascii: "\""): 34, UInt8(ascii: "'"): 39,
    ]

    private func hexadecimalDigit(_ offset: Int = 0) -> UInt32? {
        guard let byte = peek(offset) else { return nil }
        return Character(Unicode.Scalar(byte)).hexDigitValue.flatMap { byte < 128 ? UInt32($0) : nil }
    }

    private mutating func hexadecimalEscape(from start: Int) throws(SyntaxProblem) -> UInt8 {
        guard let high = hexadecimalDigit(1), let low = hexadecimalDigit(2) else {
            throw problem("hexadecimal digit expected", near: start..<min(position + 3, source.count))
        }
        position += 3
        return UInt8(high << 4 | low)
    }

    private mutating func decimalEscape(from start: Int) throws(SyntaxProblem) -> UInt8 {
        var value = 0
        for _ in 0..<3 {
            guard let digit = peek(), (48...57).contains(digit) else { break }
            value = value * 10 + Int(digit - 48)
            position += 1
        }
        guard let byte = UInt8(exactly: value) else {
            throw problem("decimal escape too large", near: start..<position, advice: "255 is the largest")
        }
        return byte
    }

    /// `\u{…}`: up to 2³¹ − 1, in the original UTF-8 of up to six bytes.
    private mutating func unicodeEscape(from start: Int) throws(SyntaxProblem) -> [UInt8] {
        position += 1
        guard skip("{") else {
            throw problem("missing '{' in \\u{xxxx}", near: start..<min(position + 1, source.count))
        }
        guard var value = hexadecimalDigit() else {
            throw problem("hexadecimal digit expected", near: start..<min(position + 1, source.count))
        }
        position += 1
        while let digit = hexadecimalDigit() {
            position += 1
            guard value <= 0x7FF_FFFF else { throw problem("UTF-8 value too large", near: start..<position) }
            value = value << 4 | digit
        }
        guard skip("}") else {
            throw problem("missing '}' in \\u{xxxx}", near: start..<min(position + 1, source.count))
        }
        return Self.utf8(value)
    }

    private static func utf8(_ value: UInt32) -> [UInt8] {
        if value < 0x80 { return [UInt8(value)] }
        var rest = value
        var bytes: [UInt8] = []
        var room: UInt32 = 0x3F
        repeat {
            bytes.append(0x80 | UInt8(rest & 0x3F))
            rest >>= 6
            room >>= 1
        } while rest > room
        bytes.append(UInt8(truncatingIfNeeded: (~room << 1) | rest))
        return bytes.reversed()
    }
}
