public import ATProtocol

// AT manual V1.09, TCP/IP chapter: as far as other programs use it before MQTT, which does not need it.
extension Commands {
    private static let serviceTime: Duration = .seconds(130)

    static let socketContext = CommandDescription(
        "+CSOCKSETPN",
        "the PDP context of the sockets",
        [
            Form(.test, answer: .test("+CSOCKSETPN", first: .any)),
            Form(.read, answer: .lines(.one, .prefix("+CSOCKSETPN", .integer, extra: .allowed))),
            Form(
                .write,
                [
                    Parameter("cid", .integer(1...16), "number of the PDP context"),
                    Parameter("type", .integer([1...1, 6...6]), "1 sockets, 6 another use", presence: .optional),
                ],
                answer: .plain()
            ),
        ]
    )

    static let netOpen = CommandDescription(
        "+NETOPEN",
        "open the socket service",
        [
            Form(.read, answer: .lines(.one, .prefix("+NETOPEN", .integer))),
            Form(.execute, answer: service("+NETOPEN")),
        ]
    )

    static let netClose = CommandDescription(
        "+NETCLOSE",
        "close the socket service",
        [Form(.execute, answer: service("+NETCLOSE"))]
    )

    private static func service(_ name: String) -> CommandSpec {
        CommandSpec(
            // Said before `ERROR` when the service is in that state already: `+IP ERROR: Network is already opened`.
            information: [.prefix("+IP ERROR")],
            arity: .many,
            result: ResultSpec(shape: .prefix(name, .integer), code: 0, domain: .network),
            maximum: serviceTime
        )
    }

    static let socketAddress = CommandDescription(
        "+IPADDR",
        "address of the socket service",
        [Form(.execute, answer: .lines(.one, .prefix("+IPADDR", .any), .prefix("+IP ERROR"), maximum: serviceTime))]
    )

    static let socketMode = CommandDescription(
        "+CIPMODE",
        "how sockets carry data",
        [
            Form(.test, answer: .test("+CIPMODE", first: .any)),
            Form(.read, answer: .lines(.one, .prefix("+CIPMODE", .integer))),
            Form(.write, [Parameter("mode", .integer(0...1), "0 commands, 1 transparent")], answer: .plain()),
        ]
    )

    public func netOpen() throws(ArgumentFault) -> Command { try build(Self.netOpen, .execute) }

    public func netState() throws(ArgumentFault) -> Command { try build(Self.netOpen, .read) }

    public func netClose() throws(ArgumentFault) -> Command { try build(Self.netClose, .execute) }
}
