public import ATProtocol

/// `+CMQTTCONNLOST: <client>,<cause>`.
public struct ConnectionLoss: Hashable, Sendable {
    public var client: Int
    /// 1 to 3.
    public var cause: Int

    public init(client: Int, cause: Int) {
        self.client = client
        self.cause = cause
    }

    public init?(_ line: Line) {
        guard let answer = AnswerLine(line, prefix: "+CMQTTCONNLOST"), let client = answer.integer(0),
            let cause = answer.integer(1)
        else { return nil }
        self.init(client: client, cause: cause)
    }

    public var words: String {
        switch cause {
        case 1: "closed by the server"
        case 2: "reset, or the keep-alive got no answer"
        case 3: "the network was closed"
        default: "connection lost, cause \(cause)"
        }
    }

    /// What `+CMQTTNONET` means.
    static let networkWords = "the network is gone and the MQTT service has stopped"
}
