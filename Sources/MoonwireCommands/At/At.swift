internal import A7600
internal import ATProtocol
internal import ArgumentParser
internal import LuaRuntime
internal import ModemScripting
internal import ModemSession

/// `moonwire at`: a few commands, each with its answer.
struct At: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "at",
        abstract: "Send AT commands and print their answers.",
        discussion: """
            Each command waits for its final result code, and for its asynchronous result where it has one. The first
            one that fails ends the command with status 1. Known answers are explained beside the line.

              moonwire at -p /dev/ttyUSB2 AT+CSQ AT+CEREG?
              moonwire at AT+CGMM --json
            """
    )

    @OptionGroup(title: "Modem") var port: PortOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(help: ArgumentHelp("Limit of each command; the manual's own by default.", valueName: "time"))
    var timeout: TimeSpan?

    @ArgumentParser.Argument(help: "The commands, such as AT+CSQ.")
    var commands: [String]

    func run() async throws {
        let settings = try PortSettings(port)
        let address = try port.address
        let parsed = try commands.map { try Self.command($0, settings.profile, timeout?.duration) }
        let connector = ModemConnector(settings: settings) { text in
            if !output.quiet { StandardError.say(text) }
        }
        try await connector.withModem(address) { modem in
            for command in parsed {
                try await send(command, on: modem.session)
            }
        }
    }

    private static func command(
        _ line: String,
        _ profile: Profile,
        _ timeout: Duration?
    ) throws(CommandFailure) -> Command {
        do {
            var command = try Catalogue.command(line: line, profile: profile, checking: .framingOnly)
            command.timeout = timeout
            return command
        } catch {
            throw CommandFailure(.usage, "\(error)")
        }
    }

    private func send(_ command: Command, on session: ModemSession) async throws {
        do throws(ATFailure) {
            show(command, try await session.send(command))
        } catch {
            show(error)
            if case .timeout = error.code {
                throw CommandFailure(.timeout, "\(error.command): no answer within its time")
            }
            throw CommandFailure(.failed, "\(error.command): \(error.text ?? "\(error.code)")")
        }
    }

    private func show(_ command: Command, _ reply: Reply) {
        guard output.json else { return show(reply.lines + (reply.result.map { [$0] } ?? [])) }
        let result: LuaValue = reply.result.map { .string($0.bytes) } ?? .nil
        JSONReporter.write(
            LuaTable([
                "command": .string(command.line),
                "lines": Self.list(reply.lines),
                "result": result,
                "final": .string(reply.final.bytes),
                "elapsed": .number((reply.completedAt - reply.writtenAt).seconds),
            ])
        )
    }

    private func show(_ failure: ATFailure) {
        guard output.json else { return show(failure.lines) }
        JSONReporter.write(
            LuaTable([
                "command": .text(failure.command),
                "lines": Self.list(failure.lines),
                "error": .text("\(failure.code)"),
                "text": .optional(failure.text),
            ])
        )
    }

    private static func list(_ lines: [Line]) -> LuaValue {
        .list(lines.map { .string($0.bytes) })
    }

    private func show(_ lines: [Line]) {
        let style = Style(output.color)
        for line in lines {
            var text = line.text
            if let words = PlainWords.explain(line) {
                text += String(repeating: " ", count: max(2, 21 - text.count)) + style.faint(words)
            }
            StandardOutput.write(text + "\n")
        }
    }
}
