internal import A7600
internal import ATProtocol
internal import ArgumentParser
internal import Glibc
internal import LuaRuntime
internal import ModemScripting
internal import ModemSession
internal import ModemTransports

/// `moonwire console`: an operator talks to a modem.
struct Console: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "Talk to a modem by hand.",
        discussion: """
            Lines are AT commands. Tab completes commands and parameters and shows one line of help each; the arrow \
            keys and Ctrl-R go through the lines of before, kept for each model of module. What comes unasked is shown \
            above the line being typed. A command with data asks for them, or takes them from the line behind " > ".

            A colon begins Lua on the same session, with the globals of scripts; its own globals stay. :help lists what \
            the console does itself, such as :hex on. Ctrl-C cancels what is being waited for, Ctrl-D leaves.

              moonwire console -p /dev/ttyUSB2
              A7600C> AT+CMQTTTOPIC=0,9 > lab/state
              A7600C> :modem:signal().rssi_dbm

            Without a terminal, or with --json, lines are read from standard input, and each waits for the answer to \
            the one before; a failure gives status 1.

              printf 'AT+CSQ\\nAT+CEREG?\\n' | moonwire console
            """
    )

    @OptionGroup(title: "Modem") var port: PortOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(
        help: ArgumentHelp("A script that runs beside the console, on the same session.", valueName: "file"),
        completion: .file(extensions: ["lua"])
    )
    var script: String?

    @Option(help: ArgumentHelp("Where to write a trace; none by default.", valueName: "file"))
    var trace: String?

    @OptionGroup(title: "Lua") var lua: ScriptOptions

    func run() async throws {
        let settings = try PortSettings(port)
        let companion = try script.map { ScriptFile(path: $0, source: try InputFile.read($0, as: "script")) }
        let params = try Parameters.table(settings: lua.settings, file: lua.params)
        let connector = ModemConnector(settings: settings) { text in
            if !output.quiet { StandardError.say(text) }
        }
        let address = try port.address
        let sink = try trace.map { try TraceFile(path: $0) }
        try await connector.withModem(address, trace: sink) { modem in
            let bench = ConsoleBench(
                modem: modem,
                connector: connector,
                params: params,
                script: companion,
                command: self
            )
            if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, !output.json {
                let model = await Self.model(of: modem)
                if modem.session.state != .ready { connector.notice(LinkWords.unanswered) }
                try await bench.interact(model: model)
            } else {
                try await bench.readInput()
            }
        }
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
