import A7600

/// `ATE`, `ATV`, `ATQ` and the resets of V.250, and what other programs send without need.
enum BasicCommands {
    static let handlers: [CommandHandler] = [
        flag("E", without: false) { $0.echo = $1 },
        flag("V", without: false) { $0.verbosity = $1 ? .verbose : .numeric },
        flag("Q", without: false) { $0.isQuiet = $1 },
        CommandHandler("Z", execute: reset, write: reset),
        CommandHandler("&F", execute: reset, write: accept),
        CommandHandler("&W", execute: { _ in .ok }, write: accept),
        CommandHandler("&C", execute: { _ in .ok }, write: accept),
        CommandHandler("&D", execute: { _ in .ok }, write: accept),
        CommandHandler("X", execute: { _ in .ok }, write: accept),
        CommandHandler("S0", read: { _ in .ok("000") }, write: accept),
        CommandHandler(
            "+CMEE",
            test: { _ in .ok("+CMEE: (0-2)") },
            read: { .ok("+CMEE: \($0.terminal.cmee)") },
            write: setErrorFormat
        ),
    ]

    /// A basic command that takes 0 or 1. `without`: what it means without a number.
    private static func flag(
        _ name: String,
        without standing: Bool,
        _ apply: @escaping @Sendable (inout Terminal, Bool) -> Void
    ) -> CommandHandler {
        CommandHandler(
            name,
            execute: { module in
                apply(&module.terminal, standing)
                return .ok
            },
            write: { module, arguments throws(Refusal) in
                let value = try arguments.number()
                guard arguments.isAtEnd, (0...1).contains(value) else { throw .error }
                apply(&module.terminal, value == 1)
                return .ok
            }
        )
    }

    private static func setErrorFormat(
        _ module: inout ModuleState,
        _ arguments: inout ArgumentReader
    ) throws(Refusal) -> Answer {
        let value = try arguments.number()
        guard arguments.isAtEnd, (0...2).contains(value) else { throw .cme(.incorrectParameters) }
        module.terminal.cmee = value
        return .ok
    }

    private static func accept(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        _ = try arguments.number()
        return .ok
    }

    private static func reset(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        _ = try arguments.number()
        return reset(&module)
    }

    private static func reset(_ module: inout ModuleState) -> Answer {
        module.terminal.reset(cmee: module.profile.cmeeBoot)
        return .ok
    }
}
