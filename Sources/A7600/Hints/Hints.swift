public import ATProtocol

/// What to look at next when a command has failed, in plain words.
public enum Hints {
    /// The codes behind which firmwares hide any trouble with TLS.
    public static let tlsCodes: Set<ResultCode> = [
        .requireConnectionFailed, .closedByServer, .handshakeFailed, .certificateNotSet, .openSessionFailed,
    ]

    /// One line for a failure, if there is something to say.
    public static func advice(for code: ATFailure.Code) -> String? {
        switch code {
        case .result(.mqtt, let number):
            let result = ResultCode(rawValue: number)
            return result.advice.isEmpty ? nil : "\(result.causes); \(result.advice)"
        case .result(.time, let number): return timeServerWords[number]
        case .cme(let number?): return EquipmentError.explanation(cme: number).flatMap(equipmentAdvice)
        case .cms(let number?): return EquipmentError.explanation(cms: number).flatMap(equipmentAdvice)
        case .lost(let cause): return loss(cause)
        case .prompt(.missing): return "the module took no data: is the command known to this firmware?"
        case .prompt(.payloadAborted): return "the data were given up and filled with spaces; nothing was published"
        case .timeout(.result): return "the module took the command and never told how it went: the outcome is unknown"
        case .result, .cme, .cms, .timeout, .error, .cancelled, .closed, .protocolFault, .argument: return nil
        }
    }

    private static func loss(_ cause: ATFailure.LossCause) -> String? {
        switch cause {
        case .connection(let client, let cause):
            "client \(client): \(ConnectionLoss(client: client, cause: cause).words); connect again"
        case .network: "\(ConnectionLoss.networkWords): wait for registration, then START"
        case .restarted:
            "the module has started anew: service, clients and SSL contexts are gone, files are kept; check its supply"
        case .portVanished: "the port is gone: cable, supply, or another program"
        case .unresponsive: "the module does not answer: baud rate, the wrong port, or PPP on it"
        }
    }

    private static func equipmentAdvice(_ text: String) -> String? {
        switch text {
        case "SIM not inserted": "no SIM, or not readable: check the holder"
        case "SIM busy", "SIM failure": "usual just after boot: try again for 30 s"
        case "SIM PIN required": "enter the PIN"
        case "SIM PUK required": "the SIM is locked: enter the PUK and a new PIN"
        case "incorrect password": "wrong PIN or PUK; a third wrong PIN locks the SIM"
        case "no network service", "network timeout": "antenna, coverage, plan"
        case "unknown error", "requested service option not subscribed":
            "for CGACT in LTE common although data works: judge by the address of CGPADDR"
        case "PDP authentication failure": "user or password of the APN"
        default: text
        }
    }

    private static let timeServerWords = [
        1: "unknown error of the time server client", 2: "wrong parameter", 3: "wrong calculation of the date",
        4: "no network: attach first", 5: "wrong time zone", 6: "the time server did not answer",
    ]
}
