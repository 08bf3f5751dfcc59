internal import ArgumentParser
internal import Glibc
internal import ModemTransports

/// `moonwire run`: one script against one modem.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a Lua script against a modem.",
        discussion: """
            What the script prints and its steps go to standard output, notices and log records to standard error. The
            run's folder keeps trace.jsonl (every byte both ways, secrets masked) and result.json.

              moonwire run examples/mqtt-plain.lua
              moonwire run -p /dev/ttyUSB2 provision.lua --set unit=0042 --timeout 5m
              moonwire run -p sim:seed=7 --fault mute@AT+CSQ smoke-test.lua
            """
    )

    @OptionGroup(title: "Modem") var port: PortOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Records") var records: RecordOptions

    @Argument(help: "The Lua script.", completion: .file(extensions: ["lua"]))
    var script: String

    @OptionGroup(title: "Script") var options: ScriptOptions

    func run() async throws {
        let source = try InputFile.read(script, as: "script")
        let run = ScriptRun(
            script: ScriptFile(path: script, source: source),
            params: try Parameters.table(settings: options.settings, file: options.params),
            settings: try PortSettings(port),
            address: try port.address,
            command: self
        )
        let status = try await run.execute()
        if status != .pass { throw status }
    }
}

extension PortOptions {
    /// The flag, else `MOONWIRE_PORT`; nil: neither.
    var address: PortAddress? {
        get throws { try (port ?? environment("MOONWIRE_PORT")).map { try PortAddress(parsing: $0) } }
    }
}
