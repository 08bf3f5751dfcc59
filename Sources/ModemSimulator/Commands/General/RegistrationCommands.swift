/// Signal, registration, operator.
enum RegistrationCommands {
    static let handlers: [CommandHandler] = [
        CommandHandler(
            "+CSQ",
            test: { _ in .ok("+CSQ: (0-31,99),(0-7,99)") },
            execute: { module in
                let hasSignal = module.radio.hasCoverage && module.radio.functionality == 1
                let signal = hasSignal ? module.radio.signal : (strength: 99, errorRate: 99)
                return .ok("+CSQ: \(signal.strength),\(signal.errorRate)")
            }
        ),
        registration("+CREG"), registration("+CGREG"), registration("+CEREG"),
        CommandHandler(
            "+COPS",
            test: {
                .ok(
                    $0.radio.isRegistered
                        ? "+COPS: (2,\"TEST\",\"TEST\",\"00101\",7),,(0-4),(0-2)" : "+COPS: ,,(0-4),(0-2)"
                )
            },
            read: { .ok($0.radio.isRegistered ? "+COPS: 0,2,\"00101\",7" : "+COPS: 0") },
            write: { module, arguments throws(Refusal) in
                guard (0...4).contains(try arguments.number()) else { throw .cme(.incorrectParameters) }
                return .ok
            }
        ),
        CommandHandler(
            "+CPSI",
            test: { _ in .ok("+CPSI: (0-255)") },
            read: readSystem,
            write: { module, arguments throws(Refusal) in
                guard (0...255).contains(try arguments.number()), arguments.isAtEnd else {
                    throw .cme(.incorrectParameters)
                }
                return .ok
            }
        ),
        CommandHandler(
            "+CNMP",
            test: { _ in .ok("+CNMP: (2,13,14,38)") },
            read: { .ok("+CNMP: \($0.settings["CNMP"] ?? "2")") },
            write: { module, arguments throws(Refusal) in
                let mode = try arguments.number()
                guard [2, 13, 14, 38].contains(mode), arguments.isAtEnd else { throw .error }
                module.save("CNMP", "\(mode)")
                return .ok
            }
        ),
    ]

    private static func registration(_ name: String) -> CommandHandler {
        CommandHandler(
            name,
            test: { _ in .ok("\(name): (0-2)") },
            read: { module in
                let mode = module.radio.reportModes[name] ?? 0
                return .ok("\(name): \(mode),\(module.registrationFields(name, mode: mode))")
            },
            write: { module, arguments throws(Refusal) in
                let mode = try arguments.number()
                guard arguments.isAtEnd, (0...2).contains(mode) else { throw .cme(.incorrectParameters) }
                module.radio.reportModes[name] = mode
                return .ok
            }
        )
    }

    private static func readSystem(_ module: inout ModuleState) -> Answer {
        guard module.radio.isRegistered else {
            return .ok("+CPSI: NO SERVICE,\(module.radio.functionality == 1 ? "Online" : "Low Power Mode")")
        }
        return .ok("+CPSI: LTE,Online,001-01,0x0001,1,1,EUTRAN-BAND3,1650,5,5,21,67,55,19")
    }
}
