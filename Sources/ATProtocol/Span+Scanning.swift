/// Walking over a span of bytes with a position the caller keeps.
extension Span<UInt8> {
    @inline(__always)
    func byte(at position: Int) -> UInt8? { position < count ? self[position] : nil }

    /// First CR or LF at or behind `position`.
    func lineEnd(from position: Int) -> Int? {
        var index = position
        while index < count {
            if self[index].isLineEnd { return index }
            index += 1
        }
        return nil
    }

    func starts(with prefix: [UInt8]) -> Bool {
        guard count >= prefix.count else { return false }
        for index in prefix.indices where self[index] != prefix[index] { return false }
        return true
    }

    func equals(_ other: [UInt8]) -> Bool {
        count == other.count && starts(with: other)
    }

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
