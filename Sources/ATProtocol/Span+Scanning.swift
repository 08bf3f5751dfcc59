/// Walking over a span of bytes with a position the caller keeps.
extension Span<UInt8> {
    @inline(__always)
    func byte(at position: Int) -> UInt8? { position < count ? self[position] : nil }

    /// Eight bytes from `position` on, which must be there; the first one lowest.
    @inline(__always)
    func word(at position: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self))
    }

    /// Whether NUL is among the `length` bytes from `position` on, as far as they are there.
    func hasZero(at position: Int, within length: Int) -> Bool {
        for index in position..<Swift.min(position + length, count) where self[unchecked: index] == 0 { return true }
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
        let last = limit &- 8
        while index <= last {
            let marks = Self.lowBytes(word(at: index))
            if marks != 0 {
                let found = index &+ marks.trailingZeroBitCount &>> 3
                return self[unchecked: found].stopsLine ? found : stopByByte(from: found &+ 1, limit: limit)
            }
            index &+= 8
        }
        if index >= limit { return index }
        return limit < 8 ? stopByByte(from: index, limit: limit) : stopInLastBytes(from: index, limit: limit)
    }

    /// The same for one to seven bytes, with others before them.
    @inline(never)
    private func stopInLastBytes(from start: Int, limit: Int) -> Int {
        // The zeros behind them mark their end.
        let last = word(at: limit &- 8) &>> UInt64(truncatingIfNeeded: 8 &* (8 &- (limit &- start)))
        let found = start &+ Self.lowBytes(last).trailingZeroBitCount &>> 3
        return found == limit || self[unchecked: found].stopsLine ? found : stopByByte(from: found &+ 1, limit: limit)
    }

    @inline(never)
    private func stopByByte(from start: Int, limit: Int) -> Int {
        var index = start
        while index < limit, !self[unchecked: index].stopsLine { index &+= 1 }
        return index
    }

    /// Marks the highest bit of the first byte below 0x0E, and perhaps of some behind it.
    @inline(__always)
    private static func lowBytes(_ word: UInt64) -> UInt64 {
        (word &- 0x0E0E_0E0E_0E0E_0E0E) & ~word & 0x8080_8080_8080_8080
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
