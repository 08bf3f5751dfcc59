/// Walking over a span of bytes with a position the caller keeps.
extension Span<UInt8> {
    @inline(__always)
    func byte(at position: Int) -> UInt8? { position < count ? self[position] : nil }

    /// Eight bytes from `position` on, which must be there; the first one lowest.
    @inline(__always)
    func word(at position: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self))
    }

    var hasZero: Bool {
        for index in 0..<count where self[unchecked: index] == 0 { return true }
        return false
    }

    /// First CR or LF at or behind `position`.
    func lineEnd(from position: Int) -> Int? {
        var index = position
        while index < count {
            if self[index].isLineEnd { return index }
            index += 1
        }
        return nil
    }

    /// First line end or NUL at or behind `start`; `limit` if there is none before it.
    @inline(__always)
    func stop(from start: Int, limit: Int) -> Int {
        var index = start
        while index &+ 8 <= limit {
            // Marks each byte below 0x0E, and perhaps some behind the first.
            let word = word(at: index)
            var marks = (word &- 0x0E0E_0E0E_0E0E_0E0E) & ~word & 0x8080_8080_8080_8080
            while marks != 0 {
                let found = index &+ marks.trailingZeroBitCount &>> 3
                if self[unchecked: found].stopsLine { return found }
                marks &= marks &- 1
            }
            index &+= 8
        }
        while index < limit, !self[unchecked: index].stopsLine { index &+= 1 }
        return index
    }

    @inline(__always)
    func starts(with prefix: [UInt8]) -> Bool {
        guard count >= prefix.count else { return false }
        for index in prefix.indices where self[unchecked: index] != prefix[index] { return false }
        return true
    }

    @inline(__always)
    func equals(_ other: [UInt8]) -> Bool {
        count == other.count && starts(with: other)
    }

    @inline(__always)
    func equals(_ other: StaticString) -> Bool {
        guard count == other.utf8CodeUnitCount else { return false }
        let start = other.utf8Start
        for index in 0..<count where self[index] != start[index] { return false }
        return true
    }

    func starts(with other: StaticString) -> Bool {
        guard count >= other.utf8CodeUnitCount else { return false }
        let start = other.utf8Start
        for index in 0..<other.utf8CodeUnitCount where self[index] != start[index] { return false }
        return true
    }
}
