/// The line of a final result code in one word, without memory of its own for the one that almost every answer has.
enum FinalLine: Equatable, Sendable {
    case ok
    /// Never `OK`.
    case other([UInt8])

    @inline(__always)
    init(copying line: Span<UInt8>) { self = line.equals("OK") ? .ok : .other(Array(copying: line)) }

    init(_ line: Line) {
        let bytes = line.bytes
        self.init(copying: bytes.span)
    }

    var line: Line {
        switch self {
        case .ok: Line("OK")
        case .other(let bytes): Line(bytes)
        }
    }
}
