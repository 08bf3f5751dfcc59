public import ATProtocol

/// A line of `AT+CMQTTACCQ?`: who holds a client.
public struct AcquiredClient: Hashable, Sendable {
    public var client: Int
    /// Empty: the client is free.
    public var id: [UInt8]
    public var type: ServerType?
    /// Where the firmware shows it.
    public var version: MQTTVersion?

    public var isFree: Bool { id.isEmpty }

    public init?(_ line: Line) {
        guard let answer = AnswerLine(line, prefix: "+CMQTTACCQ"), let client = answer.integer(0),
            answer.fields.count >= 3
        else { return nil }
        self.client = client
        id = answer.bytes(1) ?? []
        type = answer.integer(2).flatMap(ServerType.init)
        version = answer.integer(3).flatMap(MQTTVersion.init)
    }
}

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
