/// What stands before the first colon of a line, or the whole line if it has none, packed into two words: comparing it
/// with the prefix of a shape takes one step, and looking it up needs no walk over the bytes.
struct LineName: Equatable, Sendable {
    private let low: UInt64
    private let high: UInt64
    /// Number of its bytes; -1: more than two words hold, and it equals no packed name.
    let length: Int
    /// Number of its bytes; nil: more than two words hold.
    var count: Int? { length < 0 ? nil : length }

    static let longest = 16
    /// No line has it.
    static let none = LineName(low: 0, high: 0, count: -2)

    @inline(__always)
    init(of line: Span<UInt8>) {
        let (low, high) = Self.words(of: line)
        if let colon = Self.colon(in: low) {
            self.init(low: low & Self.mask(colon), high: 0, count: colon)
        } else if let colon = Self.colon(in: high) {
            self.init(low: low, high: high & Self.mask(colon), count: 8 + colon)
        } else if line.count <= Self.longest {
            self.init(low: low, high: high, count: line.count)
        } else {
            self.init(low: low, high: high, count: line[Self.longest] == .colon ? Self.longest : -1)
        }
    }

    /// The name of the line `OK`, and of one that goes on with a colon.
    @inline(__always)
    var isOK: Bool { low == 0x4B4F && length == 2 }

    private init(low: UInt64, high: UInt64, count: Int) {
        self.low = low
        self.high = high
        length = count
    }

    /// 0…255; the same for equal names.
    @inline(__always)
    var hash: Int {
        let mixed = (low ^ (high &* 0xC2B2_AE3D_27D4_EB4F)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 56)
    }

    /// The first 16 bytes, zeros behind a shorter line.
    @inline(__always)
    private static func words(of line: Span<UInt8>) -> (UInt64, UInt64) {
        if line.count >= 16 { return (line.word(at: 0), line.word(at: 8)) }
        if line.count >= 8 {
            // The last eight bytes, without those that the first word has.
            return (line.word(at: 0), line.word(at: line.count - 8) >> UInt64(8 * (16 - line.count)))
        }
        var word: UInt64 = 0
        for index in 0..<line.count { word |= UInt64(line[unchecked: index]) &<< UInt64(8 * index) }
        return (word, 0)
    }

    @inline(__always)
    private static func colon(in word: UInt64) -> Int? {
        let difference = word ^ 0x3A3A_3A3A_3A3A_3A3A
        let zeros = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
        return zeros == 0 ? nil : zeros.trailingZeroBitCount >> 3
    }

    @inline(__always)
    private static func mask(_ count: Int) -> UInt64 { (1 &<< UInt64(8 * count)) &- 1 }
}
