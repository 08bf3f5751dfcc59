internal import Glibc
internal import LuaRuntime
internal import ModemScripting

/// Everything that runs on one modem while the console is open: the dialogue, Lua at its prompt, a script beside it.
struct ConsoleBench {
    let modem: OpenedModem
    let connector: ModemConnector
    let params: LuaTable
    let script: ScriptFile?
    let command: Console

    /// At a terminal.
    func interact(model: String) async throws {
        let history = ConsoleHistory(model: model)
        let profile = modem.profile
        let editor = try LineEditor(prompt: "\(model)> ", history: history.load()) { text in
            ConsoleCompletion.of(text, profile: profile)
        }
        if !command.output.quiet { editor.show("\(modem.port): Tab completes, :help lists more, Ctrl-D leaves\n") }
        try await withDialogue(on: editor, ConsoleText(style: style, profile: profile)) { dialogue in
            try await InteractiveConsole(dialogue: dialogue, editor: editor, history: history, model: model).run()
            if dialogue.isAbandoned { throw ExitStatus.notFound }
        }
    }

    /// With lines from standard input.
    func readInput() async throws {
        let screen = PlainScreen()
        defer { screen.flush() }
        let text = ConsoleText(
            style: style,
            profile: modem.profile,
            form: command.output.json ? .json : .text,
            showsTime: false
        )
        try await withDialogue(on: screen, text) { dialogue in
            await PlainConsole(dialogue: dialogue, screen: screen).run()
            if dialogue.isAbandoned { throw ExitStatus.notFound }
            if dialogue.hasFailed { throw ExitStatus.failed }
        }
    }

    private var style: Style { Style(command.output.color) }

    /// Lua and the script run as long as `body`.
    private func withDialogue(
        on screen: some ConsoleScreen,
        _ text: ConsoleText,
        _ body: (ConsoleDialogue) async throws -> Void
    ) async throws {
        let lua = ConsoleLua(setup(screen))
        let companion = script.map { AccompanyingScript($0, setup(screen), screen: screen, style: style) }
        async let evaluator: Void = lua.run()
        async let accompaniment: Void? = companion?.run()
        let result: Result<Void, any Error>
        do {
            let dialogue = ConsoleDialogue(
                session: modem.session,
                profile: modem.profile,
                screen: screen,
                text: text,
                lua: lua
            )
            result = .success(try await body(dialogue))
        } catch {
            result = .failure(error)
        }
        lua.end()
        companion?.end()
        _ = await (evaluator, accompaniment)
        try result.get()
    }

    private func setup(_ screen: some ConsoleScreen) -> ConsoleLuaSetup {
        ConsoleLuaSetup(
            modem: modem,
            connector: connector,
            options: command.lua,
            params: params,
            output: command.output,
            screen: screen
        ) { blockage, name in
            screen.abandon()
            Blocked.leave("\(name) does not return from \(blockage.blockedIn)")
        }
    }
}
