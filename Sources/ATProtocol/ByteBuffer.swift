/// A growing buffer that is emptied without giving up its memory.
struct ByteBuffer: Sendable {
    /// The first `count` bytes are in use.
    private(set) var storage: [UInt8]
    private(set) var count = 0

    init(capacity: Int) { storage = [UInt8](repeating: 0, count: capacity) }

    var isEmpty: Bool { count == 0 }

    var last: UInt8? { count > 0 ? storage[count - 1] : nil }

    @inline(__always)
    subscript(index: Int) -> UInt8 { storage[index] }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count == storage.count { grow(by: 1) }
        storage[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ bytes: Span<UInt8>) {
        let end = count + bytes.count
        if end > storage.count { grow(by: bytes.count) }
        let start = count
        storage.withUnsafeMutableBufferPointer { target in
            bytes.withUnsafeBufferPointer { source in
                _ = target.extracting(start..<end).update(fromContentsOf: source)
            }
        }
        count = end
    }

    @inline(__always)
    mutating func clear() { count = 0 }

    mutating func truncate(to length: Int) { count = min(count, length) }

    mutating func removeZeros() {
        let kept = storage[..<count].filter { $0 != 0 }
        count = 0
        append(kept.span)
    }

    func slice(from start: Int) -> ArraySlice<UInt8> { storage[start..<count] }

    func first(where isWanted: (UInt8) -> Bool) -> Int? { storage[..<count].firstIndex(where: isWanted) }

    private mutating func grow(by more: Int) {
        storage.append(contentsOf: repeatElement(0, count: max(storage.count, more)))
    }
}
