/// How topics travel between the simulated module and its broker.
///
/// A module passes any bytes on; a broker closes the connection on a topic that is not UTF-8 or holds control
/// characters. Towards the private broker such bytes are therefore carried: byte `b` as the character U+EE00 + b,
/// which the private-use area keeps free, and turned back on the way in (`topicBytes`). Characters of that range that
/// a topic really contains are carried byte by byte, so that what comes back is what was sent.
enum TopicCodec: Equatable, Sendable {
    /// A foreign broker: topics as they are.
    case plain
    /// The private broker.
    case carried

    /// The topic as sent; nil when the broker would close the connection on it.
    func encoded(_ topic: [UInt8]) -> [UInt8]? {
        switch self {
        case .plain:
            var rest = topic[...]
            while !rest.isEmpty {
                guard let length = Self.acceptedLength(at: rest) else { return nil }
                rest = rest.dropFirst(length)
            }
            return topic
        case .carried:
            var out: [UInt8] = []
            out.reserveCapacity(topic.count)
            var rest = topic[...]
            while let first = rest.first {
                if let length = Self.acceptedLength(at: rest), !Self.isCarrier(rest) {
                    out.append(contentsOf: rest.prefix(length))
                    rest = rest.dropFirst(length)
                } else {
                    // U+EE00 + b: 1110 1110, 10 1110bb, 10 bbbbbb.
                    out += [0xEE, 0xB8 | first >> 6, 0x80 | first & 0x3F]
                    rest = rest.dropFirst()
                }
            }
            return out
        }
    }

    /// The topic as the module sees it.
    func decoded(_ topic: [UInt8]) -> [UInt8] {
        guard self == .carried else { return topic }
        var out: [UInt8] = []
        out.reserveCapacity(topic.count)
        var rest = topic[...]
        while let first = rest.first {
            if Self.isCarrier(rest) {
                let (second, third) = (rest[rest.startIndex + 1], rest[rest.startIndex + 2])
                out.append(second << 6 | third & 0x3F)
                rest = rest.dropFirst(3)
            } else {
                out.append(first)
                rest = rest.dropFirst()
            }
        }
        return out
    }

    private static func isCarrier(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= 3 else { return false }
        let start = bytes.startIndex
        return bytes[start] == 0xEE && bytes[start + 1] & 0xFC == 0xB8 && bytes[start + 2] & 0xC0 == 0x80
    }

    /// The length of the character at the front if a broker takes it, else nil.
    ///
    /// MQTT 3.1.1, 1.5.3, and what mosquitto makes of it: well-formed UTF-8 without U+0000, surrogates, control
    /// characters (up to U+001F, U+007F to U+009F) and non-characters.
    private static func acceptedLength(at bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        let length: Int
        var scalar: UInt32
        switch first {
        case 0x20...0x7E: return 1
        case 0xC2...0xDF: (length, scalar) = (2, UInt32(first & 0x1F))
        case 0xE0...0xEF: (length, scalar) = (3, UInt32(first & 0x0F))
        case 0xF0...0xF4: (length, scalar) = (4, UInt32(first & 0x07))
        default: return nil
        }
        guard bytes.count >= length else { return nil }
        for byte in bytes.dropFirst().prefix(length - 1) {
            guard byte & 0xC0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        // Over-long forms end below the least scalar of their length.
        let least: [UInt32] = [0, 0, 0xA0, 0x800, 0x10000]
        guard scalar >= least[length], scalar <= 0x10FFFF, !(0xD800...0xDFFF).contains(scalar) else { return nil }
        guard !(0xFDD0...0xFDEF).contains(scalar), scalar & 0xFFFE != 0xFFFE else { return nil }
        return length
    }
}
