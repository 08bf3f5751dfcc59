/// Reads the parameters of a write command from left to right. Everything that does not fit is `Refusal.error`.
struct ArgumentReader: Sendable {
    enum Token: Equatable, Sendable {
        /// In quotes.
        case quoted([UInt8])
        /// `{non-ascii}"<hex>"`: the name that the hexadecimal digits spell.
        case hexadecimal([UInt8])
        case bare([UInt8])
        /// Nothing between two commas.
        case omitted
    }

    private var tokens: ArraySlice<Token>
    private let acceptsUnquoted: Bool

    /// - Parameter acceptsUnquoted: whether a bare token may stand where a string belongs (`unquotedStrings`).
    init(_ bytes: [UInt8], acceptsUnquoted: Bool) throws(Refusal) {
        tokens = try Self.tokens(of: bytes[...])[...]
        self.acceptsUnquoted = acceptsUnquoted
    }

    var count: Int { tokens.count }
    var isAtEnd: Bool { tokens.isEmpty }

    mutating func number() throws(Refusal) -> Int {
        guard case .bare(let digits)? = tokens.popFirst(), let value = Self.number(digits) else { throw .error }
        return value
    }

    /// Nil: left out, or nothing is left.
    mutating func optionalNumber() throws(Refusal) -> Int? {
        if tokens.isEmpty { return nil }
        if tokens.first == .omitted {
            tokens.removeFirst()
            return nil
        }
        return try number()
    }

    mutating func string() throws(Refusal) -> [UInt8] {
        switch tokens.popFirst() {
        case .quoted(let bytes): return bytes
        case .bare(let bytes) where acceptsUnquoted: return bytes
        case .hexadecimal, .bare, .omitted, nil: throw .error
        }
    }

    mutating func optionalString() throws(Refusal) -> [UInt8]? {
        if tokens.isEmpty { return nil }
        if tokens.first == .omitted {
            tokens.removeFirst()
            return nil
        }
        return try string()
    }

    /// A file name: a string, or `{non-ascii}"<hex>"`.
    mutating func fileName() throws(Refusal) -> [UInt8] {
        if case .hexadecimal(let bytes)? = tokens.first {
            tokens.removeFirst()
            return bytes
        }
        return try string()
    }

    /// A word without quotes, such as `0x002F`.
    mutating func bareWord() throws(Refusal) -> [UInt8] {
        guard case .bare(let bytes)? = tokens.popFirst() else { throw .error }
        return bytes
    }

    /// Whether the next parameter is a string, for commands with two shapes.
    var nextIsQuoted: Bool {
        if case .quoted? = tokens.first { true } else { false }
    }

    func end() throws(Refusal) {
        guard tokens.isEmpty else { throw .error }
    }

    /// Decimal digits only; what does not fit an `Int` is the largest one, which is out of every range.
    static func number(_ digits: [UInt8]) -> Int? {
        guard !digits.isEmpty else { return nil }
        var value = 0
        for digit in digits {
            guard digit.isDigit else { return nil }
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow || scaled > Int.max - 9 { return .max }
            value = scaled + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}

extension ArgumentReader {
    private static func tokens(of bytes: ArraySlice<UInt8>) throws(Refusal) -> [Token] {
        var rest = bytes
        var tokens: [Token] = []
        while true {
            skipSpaces(&rest)
            tokens.append(try takeToken(&rest))
            skipSpaces(&rest)
            guard let separator = rest.popFirst() else { return tokens }
            guard separator == UInt8(ascii: ",") else { throw .error }
        }
    }

    private static func takeToken(_ rest: inout ArraySlice<UInt8>) throws(Refusal) -> Token {
        if rest.first == UInt8(ascii: "\"") { return .quoted(try takeQuoted(&rest)) }
        let marker = Array("{non-ascii}".utf8)
        if rest.starts(with: marker) {
            rest = rest.dropFirst(marker.count)
            guard let name = hexadecimal(try takeQuoted(&rest)) else { throw .error }
            return .hexadecimal(name)
        }
        var word = Array(rest.prefix { $0 != UInt8(ascii: ",") })
        rest = rest.dropFirst(word.count)
        while word.last == UInt8(ascii: " ") { word.removeLast() }
        guard !word.contains(UInt8(ascii: "\"")) else { throw .error }
        return word.isEmpty ? .omitted : .bare(word)
    }

    private static func takeQuoted(_ rest: inout ArraySlice<UInt8>) throws(Refusal) -> [UInt8] {
        guard rest.popFirst() == UInt8(ascii: "\""), let end = rest.firstIndex(of: UInt8(ascii: "\"")) else {
            throw .error
        }
        defer { rest = rest[(end + 1)...] }
        return Array(rest[..<end])
    }

    private static func hexadecimal(_ digits: [UInt8]) -> [UInt8]? {
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func skipSpaces(_ rest: inout ArraySlice<UInt8>) {
        while rest.first == UInt8(ascii: " ") { rest.removeFirst() }
    }
}
