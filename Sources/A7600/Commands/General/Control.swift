public import ATProtocol

// How the module as a whole works: functionality, errors, its port, restart.
extension Commands {
    static let functionality = CommandDescription(
        "+CFUN",
        "how much of the module is on",
        [
            Form(.test, answer: .test("+CFUN", first: .any)),
            Form(.read, answer: .lines(.one, .prefix("+CFUN", .integer))),
            Form(
                .write,
                [
                    Parameter(
                        "level",
                        .integer([0...1, 4...8]),
                        "0 minimum, 1 full, 4 radio off, 6 restart, 7 off-line"
                    ),
                    Parameter("reset", .integer(0...1), "1 restart first", presence: .optional),
                ],
                answer: { arguments, _ in
                    let restarts = arguments.integer("level") == 6 || arguments.integer("reset") == 1
                    return .plain(effects: restarts ? [.restart] : [], repeatable: restarts ? .unknownOutcome : .safe)
                }
            ),
        ]
    )

    static let errorReports = CommandDescription(
        "+CMEE",
        "how errors are told; not saved",
        [
            Form(.test, answer: .test("+CMEE", first: .any)),
            Form(.read, answer: .lines(.one, .prefix("+CMEE", .integer))),
            Form(.write, [Parameter("mode", .integer(0...2), "0 ERROR, 1 number, 2 text")], answer: .plain()),
        ]
    )

    static let characterSet = CommandDescription(
        "+CSCS",
        "character set",
        [
            Form(.test, answer: .test("+CSCS", first: .any)),
            Form(.read, answer: .lines(.one, .prefix("+CSCS", .string))),
            Form(.write, [Parameter("set", .string(1...16, .printable), "IRA, GSM, UCS2")], answer: .plain()),
        ]
    )

    static let restart = CommandDescription(
        "+CRESET",
        "restart the module",
        [
            Form(.test, answer: .plain()),
            Form(.execute, answer: .plain(effects: [.restart], repeatable: .unknownOutcome)),
        ]
    )

    static let powerOff = CommandDescription(
        "+CPOF",
        "switch the module off",
        [Form(.test, answer: .plain()), Form(.execute, answer: .plain(repeatable: .unknownOutcome))]
    )

    public func restart() throws(ArgumentFault) -> Command { try build(Self.restart, .execute) }

    public func powerOff() throws(ArgumentFault) -> Command { try build(Self.powerOff, .execute) }

    /// - Parameter mode: 0 `ERROR` alone, 1 numbers, 2 texts.
    public func errorReports(_ mode: Int) throws(ArgumentFault) -> Command {
        try build(Self.errorReports, .write, [.integer(mode)])
    }

    /// - Parameter level: 0 minimum, 1 full, 4 radio off, 5 to 8 the module's own.
    public func functionality(level: Int, reset: Bool? = nil) throws(ArgumentFault) -> Command {
        try build(Self.functionality, .write, [.integer(level), reset.map(Argument.flag)])
    }

    public func functionalityState() throws(ArgumentFault) -> Command { try build(Self.functionality, .read) }
}
