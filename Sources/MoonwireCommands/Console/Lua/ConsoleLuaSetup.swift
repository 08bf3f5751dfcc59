internal import LuaRuntime
internal import ModemScripting

/// What a VM beside the console is made of: the modem, what the operator grants it, and where its words go.
struct ConsoleLuaSetup: Sendable {
    let host: ScriptHost
    let words: LineBuffer
    private let options: ScriptOptions
    private let onBlocked: @Sendable (LuaBlockage, String) -> Void

    /// - Parameters:
    ///   - params: the script's `params`.
    ///   - screen: takes what the script says.
    ///   - onBlocked: the VM does not react any more.
    init(
        modem: OpenedModem,
        connector: ModemConnector,
        options: ScriptOptions,
        params: LuaTable,
        output: OutputOptions,
        screen: any ConsoleScreen,
        onBlocked: @escaping @Sendable (LuaBlockage, String) -> Void
    ) {
        let words = LineBuffer { screen.show($0) }
        let volume: ConsoleReporter.Volume = output.quiet ? .quiet : output.verbose ? .verbose : .normal
        let reporter = ConsoleReporter(
            volume: volume,
            style: Style(output.color),
            write: { words.write($0) },
            say: { screen.show($0 + "\n") }
        )
        self.words = words
        self.options = options
        self.onBlocked = onBlocked
        host = ScriptHost(
            ScriptHost.Setup(
                modem: modem,
                params: params,
                reporter: output.json ? JSONReporter() : reporter,
                opener: FurtherModems(connector: connector)
            )
        )
    }

    func complete(_ program: inout LuaProgram, for host: ScriptHost, name: String) {
        program.modulePaths = options.modulePath
        program.arguments = options.arguments
        program.modules = host.modules
        program.libraries = ScriptAPI.libraries
        program.secrets = host.secrets
        program.grants = options.grants
        program.seed = UInt64.random(in: 1...UInt64(UInt32.max))
        program.onClosing = { host.closing() }
        program.onBlocked = { [onBlocked] blockage in onBlocked(blockage, name) }
    }
}
