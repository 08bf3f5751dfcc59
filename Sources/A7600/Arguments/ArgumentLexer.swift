/// Splits what stands behind the `=` of a command line at its commas.
struct ArgumentLexer {
    /// One argument, and where its value stands in the line (between the quotes of a string).
    struct Token: Hashable {
        var argument: Argument
        var range: Range<Int>
    }

    /// Spaces before a value are skipped; a quote opens and closes a whole value. Nil: a quote is missing or stray.
    static func tokens(of line: [UInt8], in part: Range<Int>) -> [Token]? {
        var tokens: [Token] = []
        var position = part.lowerBound
        while true {
            while position < part.upperBound, line[position] == ASCII.space { position += 1 }
            guard let token = token(of: line, from: position, end: part.upperBound) else { return nil }
            tokens.append(token.value)
            guard token.next < part.upperBound else { return tokens }
            position = token.next + 1
        }
    }

    /// The value that starts at `start`, and the position of the comma behind it or `end`.
    private static func token(of line: [UInt8], from start: Int, end: Int) -> (value: Token, next: Int)? {
        guard start < end, line[start] == ASCII.quote else {
            let next = line[start..<end].firstIndex(of: ASCII.comma) ?? end
            let bytes = Array(line[start..<next])
            guard !bytes.contains(ASCII.quote) else { return nil }
            return (Token(argument: argument(unquoted: bytes), range: start..<next), next)
        }
        guard let close = line[(start + 1)..<end].firstIndex(of: ASCII.quote) else { return nil }
        let next = close + 1
        guard next == end || line[next] == ASCII.comma else { return nil }
        return (Token(argument: .string(Array(line[(start + 1)..<close])), range: (start + 1)..<close), next)
    }

    private static func argument(unquoted bytes: [UInt8]) -> Argument {
        guard let first = bytes.first else { return .omitted }
        // `Int` would take a leading plus, which no parameter has.
        guard first != ASCII.plus, let value = Int(String(decoding: bytes, as: UTF8.self)) else { return .word(bytes) }
        return .integer(value)
    }
}
