/// A line shape prepared for comparing. Nothing in it counts references, for it is asked at every line.
struct LineMatcher: Sendable {
    /// Nil: the shape does not fit in here and has to be asked itself.
    private let name: LineName?
    /// Four bits per field, the first one lowest; 0: no field any more.
    private let kinds: UInt64
    /// Of the one field that has to be an exact number.
    private let number: Int
    private let takesMore: Bool

    private static let mostFields = 15
    fileprivate static let integer: UInt64 = 1

    init(_ shape: LineShape) {
        var packed: UInt64 = 0
        var number: Int?
        guard case .prefixed(let prefix, let kinds, let extra) = shape, prefix.count <= LineName.longest,
            !prefix.contains(.colon), kinds.count <= Self.mostFields
        else {
            self.init(name: nil, kinds: 0, number: 0, takesMore: false)
            return
        }
        var isExact = true
        for (index, kind) in kinds.enumerated() {
            packed |= kind.code << UInt64(4 * index)
            guard case .exactly(let value) = kind else { continue }
            if number != nil { isExact = false }
            number = value
        }
        let name = isExact ? LineName(of: prefix.span) : nil
        self.init(name: name, kinds: packed, number: number ?? 0, takesMore: extra == .allowed)
    }

    private init(name: LineName?, kinds: UInt64, number: Int, takesMore: Bool) {
        self.name = name
        self.kinds = kinds
        self.number = number
        self.takesMore = takesMore
    }

    /// The name of the lines that can fit; nil: only the shape itself knows.
    var lookup: LineName? { name }

    /// Whether it never has to ask the shape.
    var isSelfContained: Bool { name != nil }

    /// Whether the line fits; nil: the shape has to be asked.
    @inline(__always)
    func accepts(_ line: Span<UInt8>, named lineName: LineName) -> Bool? {
        guard let name else { return nil }
        guard name == lineName, let count = name.count else { return false }
        guard line.count > count else { return kinds == 0 }
        if kinds == 0, takesMore { return true }
        return acceptsFields(of: line, from: count + 1)
    }

    private func acceptsFields(of line: Span<UInt8>, from start: Int) -> Bool {
        var fields = LineFields(from: start, in: line)
        var rest = kinds
        while rest != 0 {
            if rest & 0xF == Self.integer {
                guard fields.skipInteger(in: line) else { return false }
            } else {
                guard let field = fields.next(in: line), kind(rest & 0xF).accepts(field, in: line) else { return false }
            }
            rest >>= 4
        }
        return takesMore || fields.isAtEnd
    }

    private func kind(_ code: UInt64) -> LineShape.FieldKind {
        switch code {
        case Self.integer: .integer
        case 2: .string
        case 3: .any
        case 4: .exactly(number)
        default: .group
        }
    }
}

extension LineShape.FieldKind {
    fileprivate var code: UInt64 {
        switch self {
        case .integer: LineMatcher.integer
        case .string: 2
        case .any: 3
        case .exactly: 4
        case .group: 5
        }
    }
}
