/// A header line whose last field counts the bytes behind its line end: `+CMQTTRXTOPIC: 0,3`, CR LF, 3 bytes, line end.
public struct CountedFramer: Framer, Equatable {
    public let prefix: [UInt8]
    /// Index of the field that counts; it is the last one.
    public let field: Int
    /// Longest length that is believed.
    public let cap: Int

    public init(_ prefix: String, field: Int = 1, cap: Int) {
        self.prefix = Array(prefix.utf8)
        self.field = field
        self.cap = cap
    }

    public func frame(_ bytes: Span<UInt8>) -> FrameVerdict {
        let more = FrameVerdict.needMore(atLeast: bytes.count + 1)
        guard let next = bytes.byte(at: prefix.count) else { return more }
        guard next == .colon else { return .mismatch }
        guard let end = bytes.lineEnd(from: prefix.count + 1) else { return more }
        // The header ends with exactly one CR LF: any byte behind a lone line end belongs to the data.
        guard bytes[end] == .carriageReturn else { return .refused(.lengthNotANumber) }
        guard let lineFeed = bytes.byte(at: end + 1) else { return more }
        guard lineFeed == .lineFeed else { return .refused(.lengthNotANumber) }
        guard let length = length(in: bytes, upTo: end) else { return .refused(.lengthNotANumber) }
        guard length <= cap else { return .refused(.lengthAboveCap(length)) }
        let body = end + 2..<end + 2 + length
        guard let trailer = bytes.byte(at: body.upperBound) else { return .incomplete(body: body, trailer: 1) }
        return trailer.isLineEnd ? .consumed(body.upperBound + 1, body: body) : .refused(.missingEnd)
    }

    /// The number in field `field`, which must be the last one; saturates at `Int32.max`.
    private func length(in bytes: Span<UInt8>, upTo end: Int) -> Int? {
        var current = 0
        var value: Int?
        for index in prefix.count + 1..<end {
            let byte = bytes[index]
            if byte == .comma {
                current += 1
                guard current <= field else { return nil }
            } else if byte == .space, value == nil {
                continue
            } else if let digit = byte.digit {
                if current == field { value = min((value ?? 0) * 10 + digit, Int(Int32.max)) }
            } else {
                return nil
            }
        }
        return value
    }
}
