public import ATProtocol

/// A line of `AT+CMQTTSSLCFG?`: the context a client has bound; 0 also when it has none.
public struct ClientBinding: Hashable, Sendable {
    public var client: Int
    public var context: Int

    public init?(_ line: Line) {
        guard let answer = AnswerLine(line, prefix: "+CMQTTSSLCFG"), let client = answer.integer(0),
            let context = answer.integer(1)
        else { return nil }
        self.client = client
        self.context = context
    }
}
