public import ATProtocol

/// A line of the kind `+NAME: field,field`, taken apart.
public struct AnswerLine: Hashable, Sendable {
    /// `+CSQ`.
    public var prefix: String
    /// The fields as they stand; unquoted text is a `.word`.
    public var fields: [Argument]

    /// Nil: no colon, or a quote that is not closed.
    public init?(_ line: Line) {
        let bytes = line.bytes
        guard let colon = bytes.firstIndex(of: ASCII.colon),
            let tokens = ArgumentLexer.tokens(of: bytes, in: (colon + 1)..<bytes.count)
        else { return nil }
        prefix = String(decoding: bytes[..<colon], as: UTF8.self)
        fields = tokens.map(\.argument)
    }

    /// The line, if it begins with this prefix.
    init?(_ line: Line, prefix: String) {
        self.init(line)
        guard self.prefix == prefix else { return nil }
    }

    func integer(_ index: Int) -> Int? {
        guard fields.indices.contains(index), case .integer(let value) = fields[index] else { return nil }
        return value
    }

    /// Of a quoted or unquoted field.
    func text(_ index: Int) -> String? {
        guard let bytes = bytes(index) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    func bytes(_ index: Int) -> [UInt8]? {
        guard fields.indices.contains(index) else { return nil }
        switch fields[index] {
        case .string(let bytes), .word(let bytes): return bytes
        case .integer(let value): return Array(String(value).utf8)
        case .omitted: return nil
        }
    }
}
