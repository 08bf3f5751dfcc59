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
