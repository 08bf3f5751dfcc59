public import ATProtocol

/// A line of `AT+CMQTTCFG?`.
public struct ClientConfiguration: Hashable, Sendable {
    public var client: Int
    public var utf8: DataPart.UTF8Check
    /// Seconds.
    public var operationTimeout: Int

    public init?(_ line: Line) {
        guard let answer = AnswerLine(line, prefix: "+CMQTTCFG"), let client = answer.integer(0),
            let check = answer.integer(1), let timeout = answer.integer(2)
        else { return nil }
        self.client = client
        utf8 = check == 0 ? .off : .required
        operationTimeout = timeout
    }
}
