internal import ArgumentParser
internal import ModemTransports

/// `moonwire replay`: a recorded module instead of a real one.
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Play a recorded module to a script, or to the engine alone.",
        discussion: """
            With a script: it runs against the module of the trace, in the trace's own time, which jumps over every
            wait. What the host writes is compared with what it wrote then; secrets, which no trace has, by length.
            Without one: the recorded bytes and commands go through the engine again, and what it decides is compared.
            Differences are listed with both texts and the recorded time; then the exit status is 1.

              moonwire replay trace.jsonl
              moonwire replay trace.jsonl examples/mqtt-plain.lua
              moonwire run -p replay:trace.jsonl examples/mqtt-plain.lua
            """
    )

    @Argument(help: "The trace of a run.", completion: .file(extensions: ["jsonl"]))
    var trace: String

    @Argument(help: "The Lua script.", completion: .file(extensions: ["lua"]))
    var script: String?

    @Option(help: ArgumentHelp("The module's firmware family; the trace's own by default.", valueName: "name"))
    var profile: String?

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Script") var options: ScriptOptions

    func run() async throws {
        if let script { try await play(to: script) } else { try compare() }
    }

    private func play(to script: String) async throws {
        var run = try Run.parse(["--port", "replay:\(trace)", script])
        run.port.profile = profile
        run.output = output
        run.limits = limits
        run.options = options
        try await run.run()
    }

    private func compare() throws {
        let session = try RecordedSession(path: trace)
        if let flaw = session.flaw { StandardError.say(flaw) }
        let profile = try PortSettings.profile(named: profile ?? session.origin.profile)
        let replay = DecisionReplay(session.records, profile: profile, baud: session.origin.baud)
        let differences = replay.differences()
        if output.json {
            for difference in differences { StandardOutput.write(difference.json.text + "\n") }
        } else if differences.isEmpty {
            if !output.quiet { StandardOutput.write("\(replay.count) decisions, as recorded\n") }
        } else {
            StandardOutput.write(ReplayText.list(differences))
        }
        if !differences.isEmpty { throw ExitStatus.failed }
    }
}
