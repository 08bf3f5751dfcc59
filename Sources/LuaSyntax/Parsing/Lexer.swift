/// Text to tokens (Lua 5.4 manual, §3.1).
struct Lexer: Sendable {
    let source: [UInt8]
    var position = 0
    var line = 1

    init(_ source: [UInt8], isFile: Bool) {
        self.source = source
        guard isFile else { return }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if source.starts(with: byteOrderMark) { position = byteOrderMark.count }
        if peek() == UInt8(ascii: "#") {
            while let byte = peek(), byte != 10, byte != 13 { position += 1 }
        }
    }

    func peek(_ offset: Int = 0) -> UInt8? {
        let index = position + offset
        return index < source.count ? source[index] : nil
    }

    /// Steps over one byte if it is this one.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Steps over a line end: CR, LF, or both in either order.
    mutating func skipLineEnd() {
        let first = peek()
        position += 1
        if let second = peek(), second == 10 || second == 13, second != first { position += 1 }
        line += 1
    }

    func problem(_ message: String, near range: Range<Int>?, advice: String? = nil) -> SyntaxProblem {
        let place = range.map { " near \(shown($0))" } ?? ""
        return SyntaxProblem(line: line, message: message + place, advice: advice)
    }

    /// The text of a token for messages, cut when it is long.
    func shown(_ range: Range<Int>) -> String {
        guard !range.isEmpty else { return "<eof>" }
        let limit = 40
        let piece = source[range].prefix(limit)
        if piece.count == 1, let byte = piece.first, !(32..<127).contains(byte) { return "'<\\\(byte)>'" }
        let text = String(decoding: piece, as: UTF8.self).map { $0.isNewline ? " " : String($0) }.joined()
        return "'\(text)\(range.count > limit ? "…" : "")'"
    }

    /// A token that spans lines counts as standing where it ends, as in Lua.
    mutating func next() throws(SyntaxProblem) -> Token {
        try skipBlanksAndComments()
        let start = position
        let kind = try read(from: start)
        return Token(kind: kind, line: line, range: start..<position)
    }

    private mutating func skipBlanksAndComments() throws(SyntaxProblem) {
        while let byte = peek() {
            switch byte {
            case 10, 13: skipLineEnd()
            case 32, 9, 11, 12: position += 1
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
                position += 2
                try skipComment()
            default: return
            }
        }
    }

    private mutating func skipComment() throws(SyntaxProblem) {
        if peek() == UInt8(ascii: "["), let level = longBracketLevel() {
            _ = try longString(level, what: "comment")
            return
        }
        while let byte = peek(), byte != 10, byte != 13 { position += 1 }
    }

    private mutating func read(from start: Int) throws(SyntaxProblem) -> Token.Kind {
        guard let byte = peek() else { return .end }
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            return word(from: start)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number(from: start)
        case UInt8(ascii: "."):
            if let next = peek(1), (48...57).contains(next) { return try number(from: start) }
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return .string(try quotedString(byte))
        case UInt8(ascii: "["):
            if let level = longBracketLevel() { return .string(try longString(level, what: "string")) }
            if peek(1) == UInt8(ascii: "=") {
                throw problem("invalid long string delimiter", near: start..<min(start + 2, source.count))
            }
        default: break
        }
        return symbol(byte)
    }

    private mutating func word(from start: Int) -> Token.Kind {
        while let byte = peek(), Self.isWordByte(byte) { position += 1 }
        let text = String(decoding: source[start..<position], as: UTF8.self)
        return Symbol.words[text].map { .symbol($0) } ?? .name(text)
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 95
    }

    /// The longest punctuation that fits.
    private mutating func symbol(_ byte: UInt8) -> Token.Kind {
        for length in [3, 2, 1] where position + length <= source.count {
            let text = String(decoding: source[position..<position + length], as: UTF8.self)
            if let symbol = Symbol(rawValue: text), Symbol.words[text] == nil {
                position += length
                return .symbol(symbol)
            }
        }
        position += 1
        return .stray(byte)
    }
}
