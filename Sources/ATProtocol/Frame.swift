/// A length frame: its header line and the counted bytes, in one buffer.
public struct Frame: Equatable, Sendable {
    private let bytes: [UInt8]
    private let headerCount: Int
    private let bodyRange: Range<Int>

    /// - Parameters:
    ///   - bytes: the frame as it came, from the start of its line.
    ///   - headerCount: length of the header without its line end.
    ///   - body: where in `bytes` the counted data are.
    init(bytes: [UInt8], headerCount: Int, body: Range<Int>) {
        self.bytes = bytes
        self.headerCount = headerCount
        bodyRange = body
    }

    public init(header: Line, body: [UInt8]) {
        bytes = header.bytes + body
        headerCount = header.bytes.count
        bodyRange = headerCount..<bytes.count
    }

    /// `+CMQTTRXPAYLOAD: 0,24`, or `+CMQTTRECV: 0,"a/b",12,"` up to the counted bytes. Makes a copy.
    public var header: Line { Line(Array(bytes[..<headerCount])) }

    /// The header without a copy.
    public var headerBytes: ArraySlice<UInt8> { bytes[..<headerCount] }

    /// The counted bytes without a copy. Indices do not start at 0.
    public var body: ArraySlice<UInt8> { bytes[bodyRange] }

    public static func == (left: Frame, right: Frame) -> Bool {
        left.headerBytes == right.headerBytes && left.body == right.body
    }
}
