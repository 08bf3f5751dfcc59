/// Lines in one buffer, so that an answer of many lines costs few allocations, and one of a single short line none.
///
/// In the buffer each line is followed by NUL, which no line outside frames can contain.
struct PackedLines: @unchecked Sendable {
    // Sendable because a storage that two values share is not written to.
    private var content = Content.none

    private enum Content {
        case none
        case one(ShortBytes)
        case many(Storage)
    }

    fileprivate typealias Storage = ManagedBuffer<Extent, UInt8>

    fileprivate struct Extent {
        var used: Int
        let room: Int
    }

    /// Holds most answers of several lines.
    private static let smallest = 512

    init() {}

    init(_ lines: [Line]) {
        for line in lines { append(line.bytes.span) }
    }

    var lines: [Line] {
        switch content {
        case .none: []
        case .one(let bytes): [bytes.withBytes { Line(copying: $0.span) }]
        case .many(let storage):
            storage.used.split(separator: .separator, omittingEmptySubsequences: false).dropLast().map {
                Line(Array($0))
            }
        }
    }

    @inline(__always)
    mutating func append(_ line: Span<UInt8>) {
        if case .many = content { appendToMany(line) } else { appendToFew(line) }
    }

    private mutating func appendToMany(_ line: Span<UInt8>) {
        guard case .many(var storage) = content else { return }
        // Its only owner is the variable for the time being.
        content = .none
        if !isKnownUniquelyReferenced(&storage) || !storage.put(line) {
            storage = Self.storage(with: storage.used.span, roomFor: line.count)
            _ = storage.put(line)
        }
        content = .many(storage)
    }

    private mutating func appendToFew(_ line: Span<UInt8>) {
        let nothing: [UInt8] = []
        switch content {
        case .none where line.count <= ShortBytes.capacity:
            content = .one(ShortBytes(line))
            return
        case .none, .many:
            content = .many(Self.storage(with: nothing.span, roomFor: line.count))
        case .one(let first):
            let storage = Self.storage(with: nothing.span, roomFor: first.count + 1 + line.count)
            first.withBytes { _ = storage.put($0.span) }
            content = .many(storage)
        }
        appendToMany(line)
    }

    /// One that begins with `lines`, and has room for a line of `count` bytes more.
    private static func storage(with lines: Span<UInt8>, roomFor count: Int) -> Storage {
        let room = max(smallest, 2 * lines.count, lines.count + count + 1)
        let new = Storage.create(minimumCapacity: room) { _ in Extent(used: lines.count, room: room) }
        lines.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            new.withUnsafeMutablePointerToElements { $0.update(from: start, count: source.count) }
        }
        return new
    }
}

extension PackedLines: Equatable {
    static func == (left: PackedLines, right: PackedLines) -> Bool {
        switch (left.content, right.content) {
        case (.none, .none): true
        case (.one(let left), .one(let right)): left == right
        case (.many(let left), .many(let right)): left === right || left.used == right.used
        case (.none, _), (.one, _), (.many, _): false
        }
    }
}

extension ManagedBuffer where Header == PackedLines.Extent, Element == UInt8 {
    /// The lines, each with its NUL.
    fileprivate var used: [UInt8] {
        withUnsafeMutablePointers { extent, bytes in
            Array(UnsafeBufferPointer(start: bytes, count: extent.pointee.used))
        }
    }

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
