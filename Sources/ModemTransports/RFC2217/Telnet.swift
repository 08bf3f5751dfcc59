/// The bytes of the telnet protocol (RFC 854) that a serial port behind it needs.
enum Telnet {
    static let subnegotiationEnd: UInt8 = 240
    static let subnegotiation: UInt8 = 250
    static let interpret: UInt8 = 255

    enum Verb: UInt8 {
        case will = 251
        case wont = 252
        case `do` = 253
        case dont = 254
    }

    /// Options by number; others are refused.
    enum Option {
        /// RFC 856
        static let binary: UInt8 = 0
        /// RFC 858
        static let suppressGoAhead: UInt8 = 3
        /// RFC 2217
        static let comPort: UInt8 = 44
    }

    enum Command: Equatable {
        case negotiation(Verb, option: UInt8)
        /// Without its frame, doubled 255s undone.
        case subnegotiation(option: UInt8, [UInt8])
        /// Anything else, such as "are you there".
        case other(UInt8)
    }

    static func negotiation(_ verb: Verb, _ option: UInt8) -> [UInt8] {
        [interpret, verb.rawValue, option]
    }

    static func subnegotiation(_ option: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [interpret, subnegotiation, option] + doubled(bytes) + [interpret, subnegotiationEnd]
    }

    /// Data as they stand on the wire: each 255 twice.
    static func doubled(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(interpret) else { return bytes }
        return bytes.flatMap { $0 == interpret ? [interpret, interpret] : [$0] }
    }
}
