/// What a final result code says.
enum FinalCode: Equatable, Sendable {
    case ok
    case error
    /// Nil: the text is in no table.
    case cme(Int?)
    case cms(Int?)
    /// A further final of the command's own spec.
    case special(CommandSpec.Final.Meaning)

    var isSuccess: Bool {
        switch self {
        case .ok, .special(.success): true
        case .error, .cme, .cms, .special(.failure): false
        }
    }
}

/// Reads final result codes. A class, like the other tables: it is looked into at every line and never copied.
final class FinalReader: Sendable {
    let texts: ErrorTexts

    init(texts: ErrorTexts) { self.texts = texts }

    /// False for most lines that are none.
    @inline(__always)
    static func mayRead(_ line: Span<UInt8>) -> Bool {
        if line[0] == UInt8(ascii: "+") { return line.count >= prefixLength && line[4] == .space }
        return line.count <= 5
    }

    /// - Parameter isTerse: after `ATV0`, `0` and `4` stand for `OK` and `ERROR`.
    func read(_ line: Span<UInt8>, isTerse: Bool) -> FinalCode? {
        switch line[0] {
        case UInt8(ascii: "O"): line.equals("OK") ? .ok : nil
        case UInt8(ascii: "E"): line.equals("ERROR") ? .error : nil
        case UInt8(ascii: "0"): isTerse && line.count == 1 ? .ok : nil
        case UInt8(ascii: "4"): isTerse && line.count == 1 ? .error : nil
        case UInt8(ascii: "+"): detailed(line)
        default: nil
        }
    }

    /// `+CME ERROR: …` and `+CMS ERROR: …`, with text, number or nothing behind the colon.
    private func detailed(_ line: Span<UInt8>) -> FinalCode? {
        if line.starts(with: "+CME ERROR") {
            guard let text = Self.text(of: line) else { return nil }
            return .cme(Self.number(text) ?? texts.cmeNumber(of: text))
        }
        if line.starts(with: "+CMS ERROR") {
            guard let text = Self.text(of: line) else { return nil }
            return .cms(Self.number(text) ?? texts.cmsNumber(of: text))
        }
        return nil
    }

    private static let prefixLength = 10

    /// What stands behind the colon, without spaces around it, in lower case.
    private static func text(of line: Span<UInt8>) -> String? {
        guard line.count > prefixLength else { return "" }
        guard line[prefixLength] == .colon else { return nil }
        var range = prefixLength + 1..<line.count
        while let first = range.first, line[first] == .space { range = first + 1..<range.upperBound }
        while let last = range.last, line[last] == .space { range = range.lowerBound..<last }
        return String(decoding: range.map { line[$0].lowercased }, as: UTF8.self)
    }

    /// `313`, or the number in `… (#33)`.
    private static func number(_ text: String) -> Int? {
        let bytes = text.utf8
        if let value = digits(bytes[...]) { return value }
        guard bytes.last == UInt8(ascii: ")"), let mark = bytes.lastIndex(of: UInt8(ascii: "#")) else { return nil }
        guard mark > bytes.startIndex, bytes[bytes.index(before: mark)] == UInt8(ascii: "(") else { return nil }
        return digits(bytes[bytes.index(after: mark)...].dropLast())
    }

    private static func digits(_ bytes: Substring.UTF8View) -> Int? {
        guard (1...9).contains(bytes.count) else { return nil }
        var value = 0
        for byte in bytes {
            guard let digit = byte.digit else { return nil }
            value = value * 10 + digit
        }
        return value
    }
}

extension CommandSpec {
    /// A further final of this command.
    func special(_ line: Span<UInt8>) -> FinalCode? {
        for final in finals {
            switch final.match {
            case .exact: if line.equals(final.text) { return .special(final.meaning) }
            case .prefix: if line.starts(with: final.text) { return .special(final.meaning) }
            }
        }
        return nil
    }
}
