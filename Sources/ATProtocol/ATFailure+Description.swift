extension ATFailure.Code: CustomStringConvertible {
    /// As traces and messages show it: `timeout(gate)`, `cme(10)`, `result(CMQTT, 34)`.
    public var description: String {
        switch self {
        case .timeout(let phase): "timeout(\(phase.rawValue))"
        case .error: "error"
        case .cme(let number): "cme(\(number.map { "\($0)" } ?? "unknown"))"
        case .cms(let number): "cms(\(number.map { "\($0)" } ?? "unknown"))"
        case .result(let domain, let number): "result(\(domain.rawValue), \(number))"
        case .lost(let cause): "lost(\(cause))"
        case .prompt(.missing): "prompt(missing)"
        case .prompt(.payloadAborted): "prompt(payloadAborted)"
        case .cancelled: "cancelled"
        case .closed: "closed"
        case .protocolFault: "protocolFault"
        case .argument: "argument"
        }
    }
}

extension ATFailure.LossCause: CustomStringConvertible {
    public var description: String {
        switch self {
        case .connection(let client, let cause): "connection(client: \(client), cause: \(cause))"
        case .network: "network"
        case .restarted: "restarted"
        case .portVanished: "portVanished"
        case .unresponsive: "unresponsive"
        }
    }
}
