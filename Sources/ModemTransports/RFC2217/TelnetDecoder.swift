/// Takes telnet commands out of a stream. What it yields does not depend on how the stream was cut.
struct TelnetDecoder {
    /// Longest subnegotiation that is kept; the commands of RFC 2217 have a few bytes, a signature somewhat more.
    static let limit = 256

    private enum State {
        case data
        case interpret
        case verb(Telnet.Verb)
        case subnegotiation([UInt8])
        case subnegotiationInterpret([UInt8])
    }

    private var state = State.data

    /// - Parameters:
    ///   - data: what is no command is appended.
    ///   - command: called for each command, in order.
    mutating func decode(_ bytes: [UInt8], data: inout [UInt8], command: (Telnet.Command) -> Void) {
        for byte in bytes { take(byte, &data, command) }
    }

    private mutating func take(_ byte: UInt8, _ data: inout [UInt8], _ command: (Telnet.Command) -> Void) {
        switch state {
        case .data:
            if byte == Telnet.interpret { state = .interpret } else { data.append(byte) }
        case .interpret:
            interpret(byte, &data, command)
        case .verb(let verb):
            state = .data
            command(.negotiation(verb, option: byte))
        case .subnegotiation(var bytes):
            if byte == Telnet.interpret {
                state = .subnegotiationInterpret(bytes)
            } else {
                if bytes.count < Self.limit { bytes.append(byte) }
                state = .subnegotiation(bytes)
            }
        case .subnegotiationInterpret(var bytes):
            if byte == Telnet.interpret {
                if bytes.count < Self.limit { bytes.append(byte) }
                state = .subnegotiation(bytes)
            } else {
                // Its end. Any other command here is an error of the peer and ends it, too.
                state = .data
                if let option = bytes.first { command(.subnegotiation(option: option, Array(bytes.dropFirst()))) }
                if byte != Telnet.subnegotiationEnd { interpret(byte, &data, command) }
            }
        }
    }

    private mutating func interpret(_ byte: UInt8, _ data: inout [UInt8], _ command: (Telnet.Command) -> Void) {
        state = .data
        if byte == Telnet.interpret {
            data.append(byte)
        } else if byte == Telnet.subnegotiation {
            state = .subnegotiation([])
        } else if let verb = Telnet.Verb(rawValue: byte) {
            state = .verb(verb)
        } else {
            command(.other(byte))
        }
    }
}
