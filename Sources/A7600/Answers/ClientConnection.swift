public import ATProtocol

/// A line of `AT+CMQTTDISC?`: whether a client is connected.
public struct ClientConnection: Hashable, Sendable {
    public enum State: Hashable, Sendable { case connected, disconnected }

    public var client: Int
    public var state: State

    /// The manual's `disc_state`: 0 is connected, 1 is disconnected.
    public init?(_ line: Line) {
        guard let answer = AnswerLine(line, prefix: "+CMQTTDISC"), let client = answer.integer(0),
            let state = answer.integer(1)
        else { return nil }
        self.client = client
        self.state = state == 0 ? .connected : .disconnected
    }
}
