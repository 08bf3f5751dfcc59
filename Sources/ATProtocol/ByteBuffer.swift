/// A growing buffer that is emptied without giving up its memory. Owns it: it is written to at every read.
struct ByteBuffer: ~Copyable, @unchecked Sendable {
    // Sendable because nothing else refers to the memory.
    private var start: UnsafeMutablePointer<UInt8>?
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        start = capacity > 0 ? .allocate(capacity: capacity) : nil
        self.capacity = capacity
    }

    deinit { start?.deallocate() }

    var isEmpty: Bool { count == 0 }

    var last: UInt8? { count > 0 ? self[count - 1] : nil }

    /// Valid until the buffer changes.
    @inline(__always)
    var contents: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    @inline(__always)
    subscript(index: Int) -> UInt8 { contents[index] }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        start?[count] = byte
        count &+= 1
    }

    @inline(__always)
    mutating func append(_ bytes: Span<UInt8>) {
        if bytes.count > capacity &- count { grow(by: bytes.count) }
        bytes.withUnsafeBufferPointer { source in
            guard let start, let first = source.baseAddress else { return }
            (start + count).initialize(from: first, count: source.count)
        }
        count &+= bytes.count
    }

    @inline(__always)
    mutating func clear() { count = 0 }

    mutating func truncate(to length: Int) { count = min(count, length) }

    mutating func removeZeros() {
        let kept = contents.filter { $0 != 0 }
        count = 0
        append(kept.span)
    }

    func copy() -> [UInt8] { Array(contents) }

    func first(where isWanted: (UInt8) -> Bool) -> Int? { contents.firstIndex(where: isWanted) }

    private mutating func grow(by more: Int) {
        let larger = capacity + max(capacity, more)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        if let start {
            new.initialize(from: start, count: count)
            start.deallocate()
        }
        start = new
        capacity = larger
    }
}
