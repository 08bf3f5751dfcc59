/// Names of lines, by their hashes: a name that is in it is found for certain, another one perhaps.
struct NameSet: Sendable {
    private var bits: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    @inline(__always)
    func mayContain(_ name: LineName) -> Bool {
        let hash = name.hash
        let word =
            switch hash &>> 6 {
            case 0: bits.0
            case 1: bits.1
            case 2: bits.2
            default: bits.3
            }
        return word &>> UInt64(hash & 63) & 1 == 1
    }

    mutating func insert(_ name: LineName) {
        let bit: UInt64 = 1 << UInt64(name.hash & 63)
        switch name.hash >> 6 {
        case 0: bits.0 |= bit
        case 1: bits.1 |= bit
        case 2: bits.2 |= bit
        default: bits.3 |= bit
        }
    }

    mutating func insertAll() { bits = (.max, .max, .max, .max) }
}
