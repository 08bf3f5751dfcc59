/// Lines in one buffer, so that an answer of many lines costs one allocation.
///
/// Each line is followed by NUL, which no line outside frames can contain.
struct PackedLines: Equatable, Sendable {
    private var bytes: [UInt8] = []
    private(set) var count = 0

    init() {}

    init(_ lines: [Line]) {
        for line in lines { append(line.bytes.span) }
    }

    var isEmpty: Bool { count == 0 }

    var lines: [Line] {
        var lines: [Line] = []
        lines.reserveCapacity(count)
        var start = 0
        for end in bytes.indices where bytes[end] == .separator {
            lines.append(Line(Array(bytes[start..<end])))
            start = end + 1
        }
        return lines
    }

    mutating func append(_ line: Span<UInt8>) {
        if bytes.isEmpty { bytes.reserveCapacity(max(192, line.count + 1)) }
        line.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        bytes.append(.separator)
        count += 1
    }
}

extension UInt8 {
    fileprivate static let separator = UInt8(0)
}
