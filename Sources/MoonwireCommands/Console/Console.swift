internal import A7600
internal import ATProtocol
internal import ArgumentParser
internal import Glibc
internal import ModemScripting
internal import ModemSession
internal import ModemTransports

/// `moonwire console`: an operator talks to a modem.
struct Console: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "Talk to a modem by hand.",
        discussion: """
            Lines are AT commands. Tab completes commands and parameters and shows one line of help each; the arrow
            keys and Ctrl-R go through the lines of before, kept for each model of module. What comes unasked is shown
            above the line being typed. :help lists what the console does itself. Ctrl-C cancels what is being waited
            for, Ctrl-D leaves. Without a terminal, commands are read from standard input, one a line.

              moonwire console -p /dev/ttyUSB2
              printf 'AT+CSQ\\nAT+CEREG?\\n' | moonwire console
            """
    )

    @OptionGroup(title: "Modem") var port: PortOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let settings = try PortSettings(port)
        let connector = ModemConnector(settings: settings) { text in
            if !output.quiet { StandardError.say(text) }
        }
        try await connector.withModem(try port.address) { modem in
            if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, !output.json {
                try await interact(with: modem)
            } else {
                try await readInput(for: modem)
            }
        }
    }

    private func interact(with modem: OpenedModem) async throws {
        let model = await Self.model(of: modem)
        let history = ConsoleHistory(model: model)
        let profile = modem.profile
        let editor = try LineEditor(prompt: "\(model)> ", history: history.load()) { text in
            ConsoleCompletion.of(text, profile: profile)
        }
        let dialogue = ConsoleDialogue(
            session: modem.session,
            profile: profile,
            screen: editor,
            text: ConsoleText(style: Style(output.color), profile: profile)
        )
        if !output.quiet { editor.show("\(modem.port): Tab completes, :help lists more, Ctrl-D leaves\n") }
        try await InteractiveConsole(dialogue: dialogue, editor: editor, history: history, model: model).run()
        if dialogue.isAbandoned { throw ExitStatus.notFound }
    }

    private func readInput(for modem: OpenedModem) async throws {
        let screen = PlainScreen()
        let dialogue = ConsoleDialogue(
            session: modem.session,
            profile: modem.profile,
            screen: screen,
            text: ConsoleText(
                style: Style(output.color),
                profile: modem.profile,
                form: output.json ? .json : .text,
                showsTime: false
            )
        )
        await PlainConsole(dialogue: dialogue, screen: screen).run()
        if dialogue.isAbandoned { throw ExitStatus.notFound }
        if dialogue.hasFailed { throw ExitStatus.failed }
    }

    /// What the module calls itself; the profile's name for it if it does not say in time.
    private static func model(of modem: OpenedModem) async -> String {
        guard var command = try? Catalogue.command(line: "AT+CGMM", profile: modem.profile) else {
            return modem.profile.identity
        }
        command.timeout = .seconds(2)
        guard let line = try? await modem.session.send(command).lines.first else { return modem.profile.identity }
        return ByteText.line(line.bytes)
    }
}
