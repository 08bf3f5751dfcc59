internal import ArgumentParser
internal import Glibc
internal import ModemTransports

/// `moonwire run`: one script against one modem.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a Lua script against a modem.",
        discussion: """
            What the script prints and its steps go to standard output, notices and log records to standard error. The \
            run's folder keeps trace.jsonl (every byte both ways, secrets masked) and result.json.

            Without a modem, the script drives a simulated one. Every host name then leads to a private MQTT broker with \
            four ports: 1883 plain, 8883 TLS, 8884 TLS that asks for a client certificate, 1884 plain for user "unit-001" \
            with a password, who may use topics below units/unit-001/ alone. The folder params.certs holds what they \
            need: ca.pem, client.pem, client.key, password. It is made once, in ~/.cache/moonwire/broker.

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
            settings: try settings,
            address: try port.address,
            command: self
        )
        let status = try await run.execute()
        if status != .pass { throw status }
    }

    private var settings: PortSettings {
        get throws {
            var settings = try PortSettings(port, seed: .scriptToo)
            settings.identity = .checked
            return settings
        }
    }
}

extension PortOptions {
    /// The flag, else what is preferred; nil: neither.
    var address: PortAddress? {
        get throws { try (port ?? Preferences().value(.port)?.text).map { try PortAddress(parsing: $0) } }
    }
}
