/// What some prefixes have in common, as far as one word holds it: enough to rule most lines out in one step.
struct LineBeginning: Sendable {
    private let word: UInt64
    private let mask: UInt64
    private let isEmpty: Bool
    /// How many bytes they have in common.
    private let length: Int

    /// No more bytes than these are looked at.
    static let longest = 8

    /// - Parameter prefixes: none: nothing may stand anywhere.
    init(of prefixes: [[UInt8]]) {
        var common = prefixes.first ?? []
        for prefix in prefixes { common = zip(common, prefix).prefix { $0 == $1 }.map(\.0) }
        var word: UInt64 = 0
        var mask: UInt64 = 0
        for (index, byte) in common.prefix(Self.longest).enumerated() {
            word |= UInt64(byte) << UInt64(8 * index)
            mask |= 0xFF << UInt64(8 * index)
        }
        // Without prefixes a word that nothing equals.
        self.word = prefixes.isEmpty ? 1 : word
        self.mask = mask
        isEmpty = prefixes.isEmpty
        length = min(common.count, Self.longest)
    }

    /// What the byte behind the first `count` ones of a line tells.
    enum Verdict: Equatable, Sendable {
        /// The line begins like none of them.
        case differs
        /// It may still go on to all of them, and is none yet.
        case isOpen
        case unknown
    }

    @inline(__always)
    func judge(_ byte: UInt8, behind count: Int) -> Verdict {
        guard count < length, byte != 0 else { return .unknown }
        guard byte == UInt8(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: 8 &* count)) else {
            return .differs
        }
        return count &+ 1 < length ? .isOpen : .unknown
    }

    /// Whether so many bytes are too few to be one of them.
    @inline(__always)
    func isOpen(after count: Int) -> Bool { count < length }

    /// False: none of the prefixes, and no beginning of one, stands at `position`. NUL is a byte like any other here.
    @inline(__always)
    func mayStand(in bytes: Span<UInt8>, at position: Int) -> Bool {
        if position &+ 8 <= bytes.count { return bytes.word(at: position) & mask == word }
        if isEmpty { return false }
        var rest = word
        var index = position
        while index < bytes.count, rest != 0 {
            guard bytes[unchecked: index] == UInt8(truncatingIfNeeded: rest) else { return false }
            rest &>>= 8
            index &+= 1
        }
        return true
    }
}
