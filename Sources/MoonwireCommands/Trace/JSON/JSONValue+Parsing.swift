extension JSONValue {
    /// Why a text is no JSON, and where.
    struct ParsingError: Error, Equatable {
        /// Bytes before the place.
        var offset: Int
        var message: String
    }

    /// Reads one value that fills all of `bytes`, white space around it aside (RFC 8259).
    init(parsing bytes: [UInt8]) throws(ParsingError) {
        var parser = Parser(bytes: bytes)
        self = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.isAtEnd else { throw parser.error("text behind the value") }
    }

    /// Arrays and objects within one another, at most; a hostile file must not exhaust the stack.
    private static let depthLimit = 64

    private struct Parser {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == bytes.count }
        var current: UInt8? { position < bytes.count ? bytes[position] : nil }

        func error(_ message: String) -> ParsingError { ParsingError(offset: position, message: message) }

        mutating func skipSpace() {
            while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
        }

        mutating func take(_ byte: UInt8) -> Bool {
            guard current == byte else { return false }
            position += 1
            return true
        }

        mutating func value(depth: Int) throws(ParsingError) -> JSONValue {
            guard depth < JSONValue.depthLimit else { throw error("too many levels") }
            skipSpace()
            guard let byte = current else { throw error("the text ends before a value") }
            switch byte {
            case UInt8(ascii: "{"): return try object(depth: depth)
            case UInt8(ascii: "["): return try array(depth: depth)
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "t"): return try word("true", .bool(true))
            case UInt8(ascii: "f"): return try word("false", .bool(false))
            case UInt8(ascii: "n"): return try word("null", .null)
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
            default: throw error("no JSON value begins here")
            }
        }

        private mutating func word(_ text: String, _ value: JSONValue) throws(ParsingError) -> JSONValue {
            for byte in text.utf8 where !take(byte) { throw error("no JSON value begins here") }
            return value
        }

        private mutating func object(depth: Int) throws(ParsingError) -> JSONValue {
            position += 1
            var members: [Member] = []
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            while true {
                skipSpace()
                guard current == UInt8(ascii: "\"") else { throw error("a member needs a name in quotes") }
                let name = try string()
                skipSpace()
                guard take(UInt8(ascii: ":")) else { throw error("a colon is missing") }
                members.append(Member(name: name, value: try value(depth: depth + 1)))
                skipSpace()
                if take(UInt8(ascii: "}")) { return .object(members) }
                guard take(UInt8(ascii: ",")) else { throw error("a comma or } is missing") }
            }
        }

        private mutating func array(depth: Int) throws(ParsingError) -> JSONValue {
            position += 1
            var elements: [JSONValue] = []
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            while true {
                elements.append(try value(depth: depth + 1))
                skipSpace()
                if take(UInt8(ascii: "]")) { return .array(elements) }
                guard take(UInt8(ascii: ",")) else { throw error("a comma or ] is missing") }
            }
        }

        private mutating func number() throws(ParsingError) -> JSONValue {
            let start = position
            var isWhole = true
            _ = take(UInt8(ascii: "-"))
            try digits()
            if take(UInt8(ascii: ".")) {
                isWhole = false
                try digits()
            }
            if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
                isWhole = false
                if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
                try digits()
            }
            let text = String(decoding: bytes[start..<position], as: UTF8.self)
            if isWhole, let value = Int128(text) { return .integer(value) }
            guard let value = Double(text) else { throw error("a number is malformed") }
            return .number(value)
        }

        private mutating func digits() throws(ParsingError) {
            let start = position
            while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
            if position == start { throw error("a digit is missing") }
        }

        private mutating func string() throws(ParsingError) -> String {
            position += 1
            var text: [UInt8] = []
            while let byte = current {
                position += 1
                switch byte {
                case UInt8(ascii: "\""):
                    guard let result = String(validating: text, as: UTF8.self) else {
                        throw error("a string is not UTF-8")
                    }
                    return result
                case UInt8(ascii: "\\"): text += String(try escape()).utf8
                case 0..<0x20:
                    position -= 1
                    throw error("a control character in a string")
                default: text.append(byte)
                }
            }
            throw error("a string does not end")
        }

        private mutating func escape() throws(ParsingError) -> Unicode.Scalar {
            guard let byte = current else { throw error("a string does not end") }
            position += 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
            case UInt8(ascii: "b"): return "\u{08}"
            case UInt8(ascii: "f"): return "\u{0C}"
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "u"): return try codePoint()
            default: throw error("an unknown escape")
            }
        }

        private mutating func codePoint() throws(ParsingError) -> Unicode.Scalar {
            let high = try hexadecimal()
            if let scalar = Unicode.Scalar(high) { return scalar }
            guard (0xD800..<0xDC00).contains(high), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
                throw error("half a surrogate pair")
            }
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
            else { throw error("half a surrogate pair") }
            return scalar
        }

        private mutating func hexadecimal() throws(ParsingError) -> UInt16 {
            var value: UInt16 = 0
            for _ in 0..<4 {
                guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                    throw error("four hexadecimal digits are missing")
                }
                value = value << 4 | UInt16(digit)
                position += 1
            }
            return value
        }
    }
}
