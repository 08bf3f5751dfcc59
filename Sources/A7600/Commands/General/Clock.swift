public import ATProtocol

// 3GPP TS 27.007 8.15 and the module's NTP client.
extension Commands {
    static let clock = CommandDescription(
        "+CCLK",
        "the clock",
        [
            Form(.test, answer: .plain()),
            Form(.read, answer: .lines(.one, .prefix("+CCLK", .string))),
            Form(
                .write,
                [Parameter("time", .string(17...20, .printable), "yy/MM/dd,hh:mm:ss±zz, zz in quarter hours")],
                answer: .plain()
            ),
        ]
    )

    static let zoneUpdate = CommandDescription(
        "+CTZU",
        "the clock follows the network; saved",
        [
            Form(.test, answer: .test("+CTZU", first: .any)),
            Form(.read, answer: .lines(.one, .prefix("+CTZU", .integer))),
            Form(.write, [Parameter("mode", .integer(0...1), "1 on")], answer: .plain()),
        ]
    )

    static let timeServer = CommandDescription(
        "+CNTP",
        "set the clock from a time server",
        [
            Form(.test, answer: .test("+CNTP", first: .string)),
            Form(.read, answer: .lines(.one, .prefix("+CNTP", .string, extra: .allowed))),
            Form(
                .write,
                [
                    Parameter("host", .string(1...255, .printable), "time server"),
                    Parameter("zone", .integer(-96...96), "time zone in quarter hours", presence: .optional),
                ],
                answer: .plain()
            ),
            Form(
                .execute,
                answer: CommandSpec(
                    result: ResultSpec(shape: .prefix("+CNTP", .integer), code: 0, domain: .time),
                    maximum: .seconds(60),
                    repeatable: .safe
                )
            ),
        ]
    )

    public func clock() throws(ArgumentFault) -> Command { try build(Self.clock, .read) }

    public func setClock(_ time: ModuleTime) throws(ArgumentFault) -> Command {
        try build(Self.clock, .write, [.text(time.description)])
    }

    /// - Parameter zone: quarter hours east of UTC, -96 to 96.
    public func timeServer(host: String, zone: Int = 0) throws(ArgumentFault) -> Command {
        try build(Self.timeServer, .write, [.text(host), .integer(zone)])
    }

    public func synchroniseClock() throws(ArgumentFault) -> Command { try build(Self.timeServer, .execute) }
}
