internal import A7600
internal import ATProtocol
internal import ArgumentParser
internal import Glibc
internal import LuaRuntime
internal import ModemScripting
internal import ModemSession

/// `moonwire at`: a few commands, each with its answer.
struct At: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "at",
        abstract: "Send AT commands and print their answers.",
        discussion: """
            Each command waits for its final result code, and for its asynchronous result where it has one. The first \
            one that fails ends the command: status 1 when the module refused it, 6 when it did not answer in time. \
            Known answers are explained beside the line, failures on standard error.

            A command with data takes them from the line behind " > ", or from --data, one for each such command in \
            order. Without commands, or for -, lines of standard input are the commands.

              moonwire at -p /dev/ttyUSB2 AT+CSQ AT+CEREG?
              moonwire at AT+CGMM --json
              moonwire at 'AT+CCERTDOWN="ca.pem",1187' --data @ca.pem
              moonwire at < commands.txt
            """
    )

    @OptionGroup(title: "Modem") var port: PortOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(help: ArgumentHelp("Limit of each command; the manual's own by default.", valueName: "time"))
    var timeout: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "Data for a command that asks for them: text, or @ and the name of a file; may be repeated.",
            valueName: "text"
        )
    )
    var data: [String] = []

    @ArgumentParser.Argument(help: "The commands, such as AT+CSQ; - reads them from standard input.")
    var commands: [String] = []

    func run() async throws {
        let settings = try PortSettings(port)
        let address = try port.address
        let commands = try await CommandList(lines: lines(), data: data, profile: settings.profile).commands
        let connector = ModemConnector(settings: settings) { text in
            if !output.quiet { StandardError.say(text) }
        }
        try await connector.withModem(address) { modem in
            try await LinkWatch.during(modem.session, tell: { _, text in connector.notice(text) }) {
                for var command in commands {
                    command.timeout = timeout?.duration
                    try await send(command, on: modem)
                }
            }
        }
    }

    private func lines() async throws(CommandFailure) -> [String] {
        if commands != ["-"] {
            if !commands.isEmpty { return commands }
            guard isatty(STDIN_FILENO) == 0 else {
                throw CommandFailure(.usage, "no command given; try moonwire at AT+CSQ, or moonwire console")
            }
        }
        var lines: [String] = []
        for await line in StandardInputLines().lines { lines.append(line) }
        return lines
    }

    private func send(_ command: Command, on modem: OpenedModem) async throws {
        do throws(ATFailure) {
            show(command, try await modem.session.send(command))
        } catch {
            let advice = CommandAdvice.lines(for: error, profile: modem.profile)
            show(error, advice)
            let message = ["\(error.command): \(ConsoleText.words(error))"] + advice.map { "  → \($0)" }
            let isTimeout = if case .timeout = error.code { true } else { false }
            throw CommandFailure(isTimeout ? .timeout : .failed, message.joined(separator: "\n"))
        }
    }

    private func show(_ command: Command, _ reply: Reply) {
        guard output.json else { return show(reply.lines + (reply.result.map { [$0] } ?? [])) }
        let result: LuaValue = reply.result.map { .string($0.bytes) } ?? .nil
        JSONReporter.write(
            LuaTable([
                "command": .string(command.shown),
                "lines": Self.list(reply.lines),
                "result": result,
                "final": .string(reply.final.bytes),
                "elapsed": .number((reply.completedAt - reply.writtenAt).seconds),
            ])
        )
    }

    private func show(_ failure: ATFailure, _ advice: [String]) {
        guard output.json else { return show(failure.lines) }
        JSONReporter.write(
            LuaTable([
                "command": .text(failure.command),
                "lines": Self.list(failure.lines),
                "error": .text(ConsoleText.words(failure)),
                "hint": .optional(advice.first),
            ])
        )
    }

    private static func list(_ lines: [Line]) -> LuaValue {
        .list(lines.map { .string($0.bytes) })
    }

    private func show(_ lines: [Line]) {
        let style = Style(output.color)
        for line in lines {
            var text = ByteText.line(line.bytes)
            if let words = PlainWords.explain(line) {
                text += String(repeating: " ", count: max(2, 21 - text.count)) + style.faint(words)
            }
            StandardOutput.write(text + "\n")
        }
    }
}
