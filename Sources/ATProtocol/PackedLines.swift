/// Lines in one buffer, so that an answer of many lines costs few allocations.
///
/// Each line is followed by NUL, which no line outside frames can contain.
struct PackedLines: @unchecked Sendable {
    // Sendable because a storage that two values share is not written to.
    private var storage: Storage?

    private typealias Storage = ManagedBuffer<Extent, UInt8>

    fileprivate struct Extent {
        var used: Int
        let room: Int
    }

    private static let smallest = 256

    init() {}

    init(_ lines: [Line]) {
        for line in lines { append(line.bytes.span) }
    }

    var lines: [Line] {
        bytes.split(separator: .separator, omittingEmptySubsequences: false).dropLast().map { Line(Array($0)) }
    }

    private var bytes: [UInt8] {
        storage?.withUnsafeMutablePointers { extent, bytes in
            Array(UnsafeBufferPointer(start: bytes, count: extent.pointee.used))
        } ?? []
    }

    mutating func append(_ line: Span<UInt8>) {
        if !isKnownUniquelyReferenced(&storage) { copy(withRoomFor: line.count) }
        if storage?.put(line) == false {
            copy(withRoomFor: line.count)
            _ = storage?.put(line)
        }
    }

    /// Goes on in a storage of its own, with room for a line of `count` bytes more.
    private mutating func copy(withRoomFor count: Int) {
        let old = storage
        let used = old?.header.used ?? 0
        let room = max(Self.smallest, 2 * used, used + count + 1)
        let new = Storage.create(minimumCapacity: room) { _ in Extent(used: used, room: room) }
        old?.withUnsafeMutablePointerToElements { source in
            new.withUnsafeMutablePointerToElements { $0.update(from: source, count: used) }
        }
        storage = new
    }
}

extension PackedLines: Equatable {
    static func == (left: PackedLines, right: PackedLines) -> Bool {
        left.storage === right.storage || left.bytes == right.bytes
    }
}

extension ManagedBuffer where Header == PackedLines.Extent, Element == UInt8 {
    /// - Returns: false if there is no room.
    @inline(__always)
    fileprivate func put(_ line: Span<UInt8>) -> Bool {
        withUnsafeMutablePointers { extent, bytes in
            let used = extent.pointee.used
            guard used + line.count < extent.pointee.room else { return false }
            line.withUnsafeBufferPointer { source in
                guard let start = source.baseAddress else { return }
                (bytes + used).initialize(from: start, count: source.count)
            }
            bytes[used + line.count] = .separator
            extent.pointee.used = used + line.count + 1
            return true
        }
    }
}

extension UInt8 {
    fileprivate static let separator = UInt8(0)
}
