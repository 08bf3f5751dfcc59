/// Up to 30 bytes without memory of their own. Bytes that are not used are 0, so that equal contents are equal values.
struct ShortBytes: Hashable, Sendable {
    static let capacity = 30

    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt32 = 0
    private var fifth: UInt16 = 0
    private let length: UInt8

    /// - Parameter bytes: not more than `capacity`.
    @inline(__always)
    init(_ bytes: Span<UInt8>) {
        precondition(bytes.count <= Self.capacity, "short bytes are chosen by their number")
        length = UInt8(truncatingIfNeeded: bytes.count)
        bytes.withUnsafeBytes { source in
            withUnsafeMutableBytes(of: &self) { $0.copyMemory(from: source) }
        }
    }

    @inline(__always)
    var count: Int { Int(length) }

    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeBytes(of: self) { all in
            all.withMemoryRebound(to: UInt8.self) { body(UnsafeBufferPointer(rebasing: $0.prefix(count))) }
        }
    }
}
