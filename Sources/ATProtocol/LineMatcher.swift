/// A line shape prepared for comparing. Nothing in it counts references, for it is asked at every line.
struct LineMatcher: Sendable {
    /// False: the shape does not fit in here and has to be asked itself.
    let isSelfContained: Bool
    private let name: LineName
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
        isSelfContained = name != nil
        self.name = name ?? .none
        self.kinds = kinds
        self.number = number
        self.takesMore = takesMore
    }

    /// The name of the lines that can fit; nil: only the shape itself knows.
    var lookup: LineName? { isSelfContained ? name : nil }

    /// Whether the line fits; nil: the shape has to be asked.
    @inline(__always)
    func accepts(_ line: Span<UInt8>, named lineName: LineName) -> Bool? {
        guard isSelfContained else { return nil }
        guard name == lineName else { return false }
        guard line.count > name.length else { return kinds == 0 }
        if kinds == 0, takesMore { return true }
        return Self.fields(of: line, from: name.length &+ 1, are: kinds, number, takesMore)
    }

    // All by value: the matcher itself would have to be copied first.
    private static func fields(
        of line: Span<UInt8>,
        from start: Int,
        are kinds: UInt64,
        _ number: Int,
        _ takesMore: Bool
    ) -> Bool {
        // Most fields of most lines.
        var rest = kinds
        var index = start
        while rest & 0xF == integer {
            guard index <= line.count, LineFields.skipInteger(&index, in: line) else { return false }
            rest &>>= 4
        }
        // Behind the last field, `index` is behind the end of the line.
        if rest == 0, kinds != 0 { return takesMore || index > line.count }
        return fields(of: line, from: index, are: rest, isFirst: rest == kinds, number, takesMore)
    }

    @inline(never)
    private static func fields(
        of line: Span<UInt8>,
        from start: Int,
        are kinds: UInt64,
        isFirst: Bool,
        _ number: Int,
        _ takesMore: Bool
    ) -> Bool {
        var fields = isFirst ? LineFields(from: start, in: line) : LineFields(at: start, in: line)
        var rest = kinds
        while rest != 0 {
            guard let field = fields.next(in: line), kind(rest & 0xF, number).accepts(field, in: line) else {
                return false
            }
            rest &>>= 4
        }
        return takesMore || fields.isAtEnd
    }

    private static func kind(_ code: UInt64, _ number: Int) -> LineShape.FieldKind {
        switch code {
        case integer: .integer
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
