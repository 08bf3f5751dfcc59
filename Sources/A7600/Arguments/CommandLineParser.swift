/// Takes a raw command line apart: V.250 5.2.1 basic syntax, extended syntax, concatenation with semicolons.
enum CommandLineParser {
    /// One command of a line.
    struct Part: Hashable {
        /// As in the catalogue: `+CSQ`, `E0`.
        var name: String
        var kind: Form.Kind
        var range: Range<Int>
        /// What stands behind `=` in a write form.
        var arguments: Range<Int>?

        /// Empty without a write form; nil if quotes do not match.
        func tokens(of line: [UInt8]) -> [ArgumentLexer.Token]? {
            guard let arguments else { return [] }
            return ArgumentLexer.tokens(of: line, in: arguments)
        }
    }

    static func parts(of line: [UInt8], in body: Range<Int>) -> [Part] {
        pieces(of: line, in: body).map { trimmed($0, of: line) }.flatMap { piece in
            guard let first = line[piece].first else { return [Part]() }
            let upper = ASCII.uppercased(first)
            return ASCII.upper.contains(upper) || upper == UInt8(ascii: "&")
                ? basic(line, piece) : [extended(line, piece)]
        }
    }

    /// The pieces between semicolons that stand outside quotes.
    private static func pieces(of line: [UInt8], in body: Range<Int>) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = body.lowerBound
        var quoted = false
        for index in body {
            if line[index] == ASCII.quote { quoted.toggle() }
            if line[index] == ASCII.semicolon, !quoted {
                pieces.append(start..<index)
                start = index + 1
            }
        }
        if start < body.upperBound { pieces.append(start..<body.upperBound) }
        return pieces
    }

    private static func trimmed(_ piece: Range<Int>, of line: [UInt8]) -> Range<Int> {
        let start = line[piece].firstIndex { $0 != ASCII.space } ?? piece.upperBound
        let end = line[start..<piece.upperBound].lastIndex { $0 != ASCII.space }
        return start..<(end.map { $0 + 1 } ?? start)
    }

    private static func extended(_ line: [UInt8], _ piece: Range<Int>) -> Part {
        let mark = line[piece].firstIndex { $0 == ASCII.equals || $0 == ASCII.question } ?? piece.upperBound
        let name = String(decoding: line[piece.lowerBound..<mark].map(ASCII.uppercased), as: UTF8.self)
        let rest = line[mark..<piece.upperBound]
        if rest.isEmpty { return Part(name: name, kind: .execute, range: piece) }
        if rest.elementsEqual([ASCII.question]) { return Part(name: name, kind: .read, range: piece) }
        if rest.elementsEqual([ASCII.equals, ASCII.question]) { return Part(name: name, kind: .test, range: piece) }
        return Part(name: name, kind: .write, range: piece, arguments: (mark + 1)..<piece.upperBound)
    }

    /// `E0V1&F`: letters with their numbers, one behind the other. A number that is missing is 0. A letter with
    /// anything else behind it (`D`, `S0=1`) takes the rest of the piece.
    private static func basic(_ line: [UInt8], _ piece: Range<Int>) -> [Part] {
        var parts: [Part] = []
        var start = piece.lowerBound
        while start < piece.upperBound {
            let letter = line[start] == UInt8(ascii: "&") ? start + 1 : start
            let number = line[..<piece.upperBound].dropFirst(letter + 1)
            let next = number.firstIndex { !ASCII.digits.contains($0) } ?? piece.upperBound
            guard letter < piece.upperBound, isLetter(line[letter]),
                next == piece.upperBound || isLetter(line[next]) || line[next] == UInt8(ascii: "&")
            else {
                let all = start..<piece.upperBound
                return parts + [Part(name: text(line, all), kind: .execute, range: all)]
            }
            let name = canonical(text(line, start..<(letter + 1)), text(line, (letter + 1)..<next))
            parts.append(Part(name: name, kind: .execute, range: start..<next))
            start = next
        }
        return parts
    }

    private static func isLetter(_ byte: UInt8) -> Bool { ASCII.upper.contains(ASCII.uppercased(byte)) }

    /// E, V and Q always carry their number; a 0 behind any other letter changes nothing.
    private static func canonical(_ letters: String, _ number: String) -> String {
        switch letters {
        case "E", "V", "Q": letters + (number.isEmpty ? "0" : number)
        default: number == "0" ? letters : letters + number
        }
    }

    private static func text(_ line: [UInt8], _ range: Range<Int>) -> String {
        String(decoding: line[range].map(ASCII.uppercased), as: UTF8.self)
    }
}
