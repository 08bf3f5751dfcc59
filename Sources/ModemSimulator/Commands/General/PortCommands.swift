/// The port itself: rate, flow control, character set.
enum PortCommands {
    static let rates = [
        300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 1_000_000,
        1_500_000, 2_000_000, 3_000_000, 3_200_000, 3_686_400,
    ]

    static let handlers: [CommandHandler] = [
        CommandHandler(
            "+IPR",
            test: { _ in testRate("+IPR") },
            read: { .ok("+IPR: \($0.terminal.baud)") },
            write: setRate
        ),
        CommandHandler(
            "+IPREX",
            test: { _ in testRate("+IPREX") },
            read: { .ok("+IPREX: \($0.terminal.savedBaud)") },
            write: saveRate
        ),
        CommandHandler(
            "+IFC",
            test: { _ in .ok("+IFC: (0,2),(0,2)") },
            read: { .ok("+IFC: \($0.terminal.flowControl[0]),\($0.terminal.flowControl[1])") },
            write: { module, arguments throws(Refusal) in
                let values = [try arguments.number(), try arguments.optionalNumber() ?? 0]
                guard values.allSatisfy({ $0 == 0 || $0 == 2 }), arguments.isAtEnd else {
                    throw .cme(.incorrectParameters)
                }
                module.terminal.flowControl = values
                return .ok
            }
        ),
        CommandHandler(
            "+CATR",
            test: { _ in .ok("+CATR: (0-4)") },
            read: { .ok("+CATR: \($0.terminal.urcPort)") },
            write: { module, arguments throws(Refusal) in
                let port = try arguments.number()
                guard (0...4).contains(port), arguments.isAtEnd else { throw .error }
                module.terminal.urcPort = port
                return .ok
            }
        ),
        CommandHandler("+CURCD", test: { _ in .ok("+CURCD: (0,1),(0-10000)") }, read: { _ in .ok("+CURCD: 0,1") }),
        CommandHandler(
            "+CSCS",
            test: { _ in .ok("+CSCS: (\"IRA\",\"UCS2\",\"GSM\")") },
            read: { .ok("+CSCS: \"\($0.terminal.characterSet)\"") },
            write: { module, arguments throws(Refusal) in
                let set = String(decoding: try arguments.string(), as: UTF8.self)
                guard ["IRA", "UCS2", "GSM"].contains(set), arguments.isAtEnd else {
                    throw .cme(.incorrectParameters)
                }
                module.terminal.characterSet = set
                return .ok
            }
        ),
    ]

    private static func testRate(_ name: String) -> Answer {
        .ok("\(name): (0,\(rates.map(String.init).joined(separator: ",")))")
    }

    private static func rate(_ arguments: inout ArgumentReader) throws(Refusal) -> Int {
        let rate = try arguments.number()
        guard arguments.isAtEnd, rates.contains(rate) else { throw .cme(.incorrectParameters) }
        return rate
    }

    private static func setRate(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal)
        -> Answer
    {
        module.terminal.baud = try rate(&arguments)
        return .ok
    }

    private static func saveRate(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal)
        -> Answer
    {
        let rate = try rate(&arguments)
        module.terminal.baud = rate
        module.terminal.savedBaud = rate
        module.save("IPREX", "\(rate)")
        return .ok
    }
}
