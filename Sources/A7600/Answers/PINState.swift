public import ATProtocol

/// What the SIM asks for: `+CPIN: <code>` (TS 27.007 8.3), asked or not.
public enum PINState: Hashable, Sendable {
    case ready
    case pin
    case puk
    case removed
    /// Another code, as it stands.
    case other(String)

    public init?(_ line: Line) {
        guard let answer = AnswerLine(line, prefix: "+CPIN"), let code = answer.text(0) else { return nil }
        switch code {
        case "READY": self = .ready
        case "SIM PIN": self = .pin
        case "SIM PUK": self = .puk
        case "SIM REMOVED": self = .removed
        default: self = .other(code)
        }
    }

    public var words: String {
        switch self {
        case .ready: "SIM ready"
        case .pin: "the SIM asks for its PIN"
        case .puk: "the SIM is locked and asks for its PUK"
        case .removed: "no SIM"
        case .other(let code): "the SIM asks for \(code)"
        }
    }
}
