/// One line without its line end. Bytes; text is a view.
public struct Line: Hashable, Sendable {
    // A line has one content only, so that equal lines are equal values.
    private var content: Content

    private enum Content: Hashable, Sendable {
        /// Most lines: they cost no allocation.
        case short(ShortBytes)
        case long([UInt8])
    }

    public init(_ bytes: [UInt8]) {
        content = bytes.count <= ShortBytes.capacity ? .short(ShortBytes(bytes.span)) : .long(bytes)
    }

    public init(_ text: String) { self.init(Array(text.utf8)) }

    @inline(__always)
    init(copying bytes: Span<UInt8>) {
        content = bytes.count <= ShortBytes.capacity ? .short(ShortBytes(bytes)) : .long(Array(copying: bytes))
    }

    /// Makes a copy of a short line: keep the array when it is used more than once.
    public var bytes: [UInt8] {
        get {
            switch content {
            case .short(let bytes): bytes.withBytes { Array($0) }
            case .long(let bytes): bytes
            }
        }
        set { self = Line(newValue) }
    }

    /// Number of its bytes.
    public var count: Int {
        switch content {
        case .short(let bytes): bytes.count
        case .long(let bytes): bytes.count
        }
    }

    /// The same as of `bytes`, without a copy.
    public func starts(with prefix: [UInt8]) -> Bool {
        switch content {
        case .short(let bytes): bytes.withBytes { $0.span.starts(with: prefix) }
        case .long(let bytes): bytes.span.starts(with: prefix)
        }
    }

    /// Invalid UTF-8 is shown as U+FFFD.
    public var text: String {
        switch content {
        case .short(let bytes): bytes.withBytes { String(decoding: $0, as: UTF8.self) }
        case .long(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }
}
