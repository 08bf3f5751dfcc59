public import ATProtocol

// MQTT manual 2.1.8: the connection to the server.
extension Commands {
    static let mqttConnect = CommandDescription(
        "+CMQTTCONNECT",
        "connect a client to its server",
        [
            Form(.test, answer: .test("+CMQTTCONNECT")),
            Form(
                .read,
                answer: .lines(
                    .many,
                    // `i` and `i,"…",…`: never `i,i`, which is a result.
                    .prefix("+CMQTTCONNECT", .integer),
                    .prefix("+CMQTTCONNECT", .integer, .string, extra: .allowed),
                    secret: [CommandSpec.SecretField(4, label: "user"), CommandSpec.SecretField(5, label: "password")]
                )
            ),
            Form(.write, connection) { arguments, _ in
                // A line does not tell TCP from TLS, so the longer limit holds.
                .mqttRequest(
                    "+CMQTTCONNECT",
                    arguments,
                    maximum: connectMaximum(operation: .defaultOperationTimeout, negotiation: .defaultNegotiationTime)
                )
            },
        ]
    )

    private static let connection: [Parameter] = [
        .client,
        Parameter("address", .string(9...256, .address), "server, tcp:// for TLS too"),
        Parameter("keepalive", .integer(1...64_800), "seconds between signs of life"),
        Parameter("clean", .integer(0...1), "1: the server forgets the session before"),
        Parameter("user", .string(1...256, .utf8), "user name", presence: .optional, secret: "user"),
        Parameter("password", .string(1...256, .utf8), "password", presence: .optional, secret: "password"),
    ]

    /// TCP, negotiation and CONNACK follow one another.
    private static func connectMaximum(operation: Duration, negotiation: Duration?) -> Duration {
        operation + (negotiation ?? .zero) + .requestMargin
    }

    /// - Parameters:
    ///   - host: a name or an address; `tcp://` and the port are added, 9 to 256 bytes with them.
    ///   - keepalive: 1 to 64 800 s.
    ///   - user: 1 to 256 bytes; kept from every record, as is the password.
    ///   - operation: the client's `optimeout`.
    ///   - negotiation: the bound context's `negotiatetime`; nil without TLS.
    public func mqttConnect(
        client: Int,
        host: String,
        port: Int,
        keepalive: Int,
        session: Session,
        user: [UInt8]? = nil,
        password: [UInt8]? = nil,
        operation: Duration = .defaultOperationTimeout,
        negotiation: Duration? = .defaultNegotiationTime
    ) throws(ArgumentFault) -> Command {
        guard (1...65535).contains(port) else {
            throw ArgumentFault(command: "AT+CMQTTCONNECT", parameter: "port", value: String(port), allowed: "1-65535")
        }
        guard password == nil || user != nil else {
            throw ArgumentFault(
                command: "AT+CMQTTCONNECT",
                parameter: "user",
                value: "missing",
                allowed: "a user name before the password"
            )
        }
        var command = try build(
            Self.mqttConnect,
            .write,
            [
                .integer(client), .text("tcp://\(host):\(port)"), .integer(keepalive), .flag(session == .clean),
                user.map(Argument.string), password.map(Argument.string),
            ]
        )
        command.spec.maximum = Self.connectMaximum(operation: operation, negotiation: negotiation)
        return command
    }

    /// Shows user names and passwords, so its lines are secret.
    public func mqttConnections() throws(ArgumentFault) -> Command {
        try build(Self.mqttConnect, .read)
    }

    /// What the server keeps of a client between its connections.
    public enum Session: Hashable, Sendable { case clean, persistent }
}
