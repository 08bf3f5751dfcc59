public import ATProtocol

// 3GPP TS 27.007 clauses 7 and 8: signal, registration, operator.
extension Commands {
    static let signal = CommandDescription(
        "+CSQ",
        "signal strength and bit error rate",
        [
            Form(.execute, answer: .lines(.one, .prefix("+CSQ", .integer, .integer))),
            Form(.test, answer: .test("+CSQ", first: .any)),
        ]
    )

    static let circuitRegistration = registration("+CREG", "registration for circuit-switched services")
    static let packetRegistration = registration("+CGREG", "registration for packet services")
    static let epsRegistration = registration("+CEREG", "registration in LTE")

    private static func registration(_ name: String, _ summary: String) -> CommandDescription {
        CommandDescription(
            name,
            summary,
            [
                Form(.test, answer: .test(name)),
                // Two numbers; the unsolicited line has one, or one and a string.
                Form(.read, answer: .lines(.one, .prefix(name, .integer, .integer, extra: .allowed))),
                Form(
                    .write,
                    [Parameter("report", .integer(0...2), "unsolicited lines: 0 none, 1 state, 2 with the cell")],
                    answer: .plain()
                ),
            ]
        )
    }

    static let operatorSelection = CommandDescription(
        "+COPS",
        "operator: read, search, choose",
        [
            // A search takes a minute.
            Form(.test, answer: .lines(.many, .prefix("+COPS", .any, extra: .allowed), maximum: .seconds(70))),
            Form(.read, answer: .lines(.one, .prefix("+COPS", .integer, extra: .allowed))),
            Form(
                .write,
                [
                    Parameter("mode", .integer(0...4), "0 automatic, 1 manual, 2 deregister, 3 set format, 4 either"),
                    Parameter("format", .integer(0...2), "0 long name, 1 short name, 2 number", presence: .skippable),
                    Parameter("operator", .string(1...64, .printable), "name or number", presence: .skippable),
                    Parameter("access", .integer(0...15), "access technology, 7 LTE", presence: .optional),
                ],
                answer: .plain(maximum: .seconds(70))
            ),
        ]
    )

    static let systemInformation = CommandDescription(
        "+CPSI",
        "serving cell",
        [
            Form(.test, answer: .test("+CPSI", first: .any)),
            Form(.read, answer: .lines(.one, .prefix("+CPSI", .any, .any, extra: .allowed))),
            Form(
                .write,
                [Parameter("seconds", .integer(0...255), "interval of unsolicited lines; 0 off")],
                answer: .plain()
            ),
        ]
    )

    static let preferredMode = CommandDescription(
        "+CNMP",
        "preferred access technology",
        [
            Form(.test, answer: .test("+CNMP", first: .any)),
            Form(.read, answer: .lines(.one, .prefix("+CNMP", .integer))),
            Form(.write, [Parameter("mode", .integer(0...255), "2 automatic, 38 LTE only")], answer: .plain()),
        ]
    )

    public func signal() throws(ArgumentFault) -> Command { try build(Self.signal, .execute) }

    /// - Parameter domain: which network is meant.
    public func registration(_ domain: RegistrationDomain) throws(ArgumentFault) -> Command {
        try build(Self.registration(domain), .read)
    }

    /// - Parameter report: 0 none, 1 state, 2 state and cell.
    public func reportRegistration(_ domain: RegistrationDomain, report: Int) throws(ArgumentFault) -> Command {
        try build(Self.registration(domain), .write, [.integer(report)])
    }

    private static func registration(_ domain: RegistrationDomain) -> CommandDescription {
        switch domain {
        case .circuitSwitched: circuitRegistration
        case .packetSwitched: packetRegistration
        case .eps: epsRegistration
        }
    }

    public func operatorState() throws(ArgumentFault) -> Command { try build(Self.operatorSelection, .read) }

    public func systemInformation() throws(ArgumentFault) -> Command { try build(Self.systemInformation, .read) }
}
