public import ATProtocol

/// A line of `AT+CMQTTCONNECT?`: where a client is connected to. User and password are not kept.
public struct ServerConnection: Hashable, Sendable {
    public var client: Int
    /// Nil: not connected.
    public var server: Server?

    public struct Server: Hashable, Sendable {
        /// `tcp://broker.example:1883`.
        public var address: String
        /// Seconds.
        public var keepalive: Int?
        public var session: Commands.Session?
        public var hasUser: Bool
    }

    /// `i`, `i,""` and `i,"…",…` are all read lines. `i,<number>` is a result and gives nil.
    public init?(_ line: Line) {
        guard let answer = AnswerLine(line, prefix: "+CMQTTCONNECT"), let client = answer.integer(0) else { return nil }
        self.client = client
        guard answer.fields.count > 1 else { return }
        guard case .string(let address) = answer.fields[1] else { return nil }
        guard !address.isEmpty else { return }
        server = Server(
            address: String(decoding: address, as: UTF8.self),
            keepalive: answer.integer(2),
            session: answer.integer(3).map { $0 == 0 ? .persistent : .clean },
            hasUser: answer.bytes(4)?.isEmpty == false
        )
    }
}
