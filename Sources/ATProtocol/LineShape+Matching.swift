extension LineShape {
    /// Whether `line` looks like this; `undeclared` and `bare` are asked without regard to declared unsolicited lines.
    func accepts(_ line: Span<UInt8>) -> Bool {
        switch self {
        case .prefixed(let prefix, let kinds, let extra):
            return Self.accepts(line, prefix: prefix, kinds: kinds, extra: extra)
        case .bare(.any), .undeclared:
            return true
        case .bare(.digits(let places)):
            guard places.contains(line.count) else { return false }
            for index in 0..<line.count where line[index].digit == nil { return false }
            return true
        }
    }

    private static func accepts(_ line: Span<UInt8>, prefix: [UInt8], kinds: [FieldKind], extra: Extra) -> Bool {
        guard line.starts(with: prefix) else { return false }
        guard line.count > prefix.count else { return kinds.isEmpty }
        guard line[prefix.count] == .colon else { return false }
        if kinds.isEmpty, extra == .allowed { return true }
        var fields = LineFields(from: prefix.count + 1, in: line)
        for kind in kinds {
            guard let field = fields.next(in: line), kind.accepts(field, in: line) else { return false }
        }
        return fields.isAtEnd || extra == .allowed
    }
}

extension LineShape.FieldKind {
    func accepts(_ field: LineFields.Field, in line: Span<UInt8>) -> Bool {
        switch self {
        case .integer: LineFields.integer(field.range, in: line) != nil
        case .string: field.isQuoted
        case .any: true
        case .exactly(let value): LineFields.integer(field.range, in: line) == value
        case .group: !field.range.isEmpty && line[field.range.lowerBound] == UInt8(ascii: "(")
        }
    }
}

extension ResultSpec {
    /// The result code if `line` is this result, of the command's own client.
    func code(of line: Span<UInt8>) -> Int? {
        shape.accepts(line) ? code(ofAccepted: line) : nil
    }

    /// The result code of a line that the shape accepts, if it is of the command's own client.
    func code(ofAccepted line: Span<UInt8>) -> Int? {
        if let key, let keyValue, LineFields.integer(field: key, of: line) != keyValue { return nil }
        return LineFields.integer(field: code, of: line)
    }
}
