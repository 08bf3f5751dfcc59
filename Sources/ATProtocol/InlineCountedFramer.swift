/// A line that counts a quoted field of its own: `+CMQTTRECV: 0,"topic",12,"` 12 bytes `"`, line end.
public struct InlineCountedFramer: Framer, Equatable {
    public let prefix: [UInt8]
    /// Longest length that is believed.
    public let cap: Int

    public init(_ prefix: String, cap: Int) {
        self.prefix = Array(prefix.utf8)
        self.cap = cap
    }

    public func frame(_ bytes: Span<UInt8>) -> FrameVerdict {
        let more = FrameVerdict.needMore(atLeast: bytes.count + 1)
        guard let next = bytes.byte(at: prefix.count) else { return more }
        guard next == .colon else { return .mismatch }
        // The first quoted field is the topic; quotes cannot be escaped.
        var position = prefix.count + 1
        for _ in 0..<2 {
            while true {
                guard let byte = bytes.byte(at: position) else { return more }
                guard !byte.isLineEnd else { return .mismatch }
                position += 1
                if byte == .quote { break }
            }
        }
        guard let comma = bytes.byte(at: position) else { return more }
        guard comma == .comma else { return .mismatch }
        return counted(bytes, from: position + 1)
    }

    /// - Parameter start: position of the length.
    private func counted(_ bytes: Span<UInt8>, from start: Int) -> FrameVerdict {
        let more = FrameVerdict.needMore(atLeast: bytes.count + 1)
        var position = start
        var length = 0
        while let digit = bytes.byte(at: position)?.digit {
            length = min(length * 10 + digit, Int(Int32.max))
            position += 1
        }
        guard let comma = bytes.byte(at: position) else { return more }
        // `+CMQTTRECV: 0,"topic","payload"`, the form without a length, is an ordinary line.
        guard position > start else { return comma == .quote ? .mismatch : .refused(.lengthNotANumber) }
        guard comma == .comma else { return .refused(.lengthNotANumber) }
        guard let quote = bytes.byte(at: position + 1) else { return more }
        guard quote == .quote else { return .refused(.lengthNotANumber) }
        guard length <= cap else { return .refused(.lengthAboveCap(length)) }
        let body = position + 2..<position + 2 + length
        guard let closing = bytes.byte(at: body.upperBound) else { return .incomplete(body: body, trailer: 1) }
        guard closing == .quote else { return .refused(.missingEnd) }
        guard let end = bytes.byte(at: body.upperBound + 1) else { return .incomplete(body: body, trailer: 2) }
        return end.isLineEnd ? .consumed(body.upperBound + 2, body: body) : .refused(.missingEnd)
    }
}
