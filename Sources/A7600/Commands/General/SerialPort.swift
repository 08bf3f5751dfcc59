import ATProtocol

// The module's serial port.
extension Commands {
    static let port: [CommandDescription] = [
        rate("+IPR", "bits per second until the next start"),
        rate("+IPREX", "bits per second; saved"),
        CommandDescription(
            "+IFC",
            "flow control",
            [
                Form(.test, answer: .test("+IFC", first: .any)),
                Form(.read, answer: .lines(.one, .prefix("+IFC", .integer, .integer))),
                Form(
                    .write,
                    [
                        Parameter("toHost", .integer([0...0, 2...2]), "0 none, 2 RTS"),
                        Parameter("toModule", .integer([0...0, 2...2]), "0 none, 2 CTS", presence: .optional),
                    ],
                    answer: .plain()
                ),
            ]
        ),
        CommandDescription(
            "+CATR",
            "the port of unsolicited lines",
            [
                Form(.test, answer: .test("+CATR", first: .any)),
                Form(.read, answer: .lines(.one, .prefix("+CATR", .integer, extra: .allowed))),
                Form(.write, [Parameter("port", .integer(0...9), "0 all")], answer: .plain()),
            ]
        ),
        CommandDescription(
            "+CURCD",
            "delay of unsolicited lines",
            [
                Form(.test, answer: .test("+CURCD", first: .any)),
                Form(.read, answer: .lines(.one, .prefix("+CURCD", .integer, .integer))),
                Form(
                    .write,
                    [
                        Parameter("delay", .integer(0...10_000), "milliseconds"),
                        Parameter("cache", .integer(0...1), "1 kept meanwhile", presence: .optional),
                    ],
                    answer: .plain()
                ),
            ]
        ),
    ]

    private static func rate(_ name: String, _ summary: String) -> CommandDescription {
        CommandDescription(
            name,
            summary,
            [
                Form(.test, answer: .test(name, first: .any)),
                Form(.read, answer: .lines(.one, .prefix(name, .integer))),
                Form(
                    .write,
                    [Parameter("baud", .integer(Self.rates.map { $0...$0 }), "takes effect after OK")],
                    answer: .plain()
                ),
            ]
        )
    }

    /// Bits per second that `AT+IPR` takes.
    static let rates = [
        300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 1_842_000,
        3_000_000, 3_200_000, 3_686_400,
    ]
}
