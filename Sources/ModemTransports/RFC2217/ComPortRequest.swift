/// What a client asks of a remote serial port (RFC 2217, clause 3).
enum ComPortRequest: Equatable {
    case baud(UInt32)
    case dataSize(UInt8)
    case noParity
    case oneStopBit
    case flow(SerialOptions.FlowControl)
    case dtr(SerialOptions.SignalLevel)
    case rts(SerialOptions.SignalLevel)
    /// Both of its buffers.
    case purge

    /// The answer to a request has its number plus this.
    static let answerOffset: UInt8 = 100

    /// As a telnet subnegotiation.
    var bytes: [UInt8] { Telnet.subnegotiation(Telnet.Option.comPort, body) }

    private var body: [UInt8] {
        switch self {
        case .baud(let rate): [1] + withUnsafeBytes(of: rate.bigEndian, Array.init)
        case .dataSize(let bits): [2, bits]
        case .noParity: [3, 1]
        case .oneStopBit: [4, 1]
        case .flow(.none): [5, 1]
        case .flow(.rts): [5, 3]
        case .dtr(.on): [5, 8]
        case .dtr(.off): [5, 9]
        case .rts(.on): [5, 11]
        case .rts(.off): [5, 12]
        case .purge: [12, 3]
        }
    }

    /// The settings of a port, in the order they are sent.
    static func setUp(_ options: SerialOptions) -> [ComPortRequest] {
        var requests: [ComPortRequest] = []
        if let baud = options.baud { requests.append(.baud(UInt32(clamping: baud))) }
        requests += [.dataSize(8), .noParity, .oneStopBit, .flow(options.flow)]
        if let level = options.dtr { requests.append(.dtr(level)) }
        if let level = options.rts { requests.append(.rts(level)) }
        return requests
    }
}
