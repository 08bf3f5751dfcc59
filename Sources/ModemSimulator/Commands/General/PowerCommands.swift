/// Functionality, restart, switching off.
enum PowerCommands {
    static let handlers: [CommandHandler] = [
        CommandHandler(
            "+CFUN",
            joining: .refused,
            test: { _ in .ok("+CFUN: (0-1,4-8),(0-1)") },
            read: { .ok("+CFUN: \($0.radio.functionality)") },
            write: setFunctionality
        ),
        CommandHandler("+CRESET", joining: .refused, test: { _ in .ok }, execute: { _ in .restart(.reset) }),
        CommandHandler("+CPOF", joining: .refused, test: { _ in .ok }, execute: { _ in .restart(.powerOff) }),
    ]

    private static func setFunctionality(
        _ module: inout ModuleState,
        _ arguments: inout ArgumentReader
    ) throws(Refusal) -> Answer {
        let level = try arguments.number()
        let restarts = try arguments.optionalNumber() ?? 0
        guard arguments.isAtEnd, [0, 1, 4, 5, 6, 7, 8].contains(level), (0...1).contains(restarts) else {
            throw .cme(.incorrectParameters)
        }
        if restarts == 1 && level == 1 || level == 6 { return .restart(.reset) }
        module.changeRegistration { $0.functionality = level }
        return .ok
    }
}
