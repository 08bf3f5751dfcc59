internal import A7600
internal import ATProtocol
internal import Glibc
internal import ModemSession

/// The console at a terminal: a line being typed at the bottom, everything else above it.
struct InteractiveConsole: Sendable {
    let dialogue: ConsoleDialogue
    let editor: LineEditor
    let history: ConsoleHistory
    /// Name of the module's model, for the prompt.
    let model: String

    private var prompt: String { "\(model)> " }

    /// Runs until the operator leaves or the port is gone for good.
    func run() async throws {
        let observations = dialogue.listen { editor.stop(waiting: false) }
        defer {
            for observation in observations { observation.cancel() }
            editor.stop(waiting: true)
        }
        try await SignalWatch.withSignals([SIGINT, SIGWINCH, SIGTERM, SIGHUP], handler: signalled) {
            await converse()
        }
    }

    private func signalled(_ signal: Int32) {
        switch signal {
        case SIGWINCH: editor.resize()
        // The first: what is being waited for; without that, what is being typed.
        case SIGINT: if !dialogue.cancelAll() { editor.interrupt() }
        default: editor.stop(waiting: false)
        }
    }

    private func converse() async {
        /// The command whose data are asked for.
        var unfinished: (line: String, count: Int)?
        for await input in editor.inputs {
            guard case .line(let typed) = input else { return }
            let meaning: ConsoleInput
            if let command = unfinished {
                meaning = ConsoleInput(command.line, data: typed, count: command.count, profile: dialogue.profile)
            } else {
                meaning = ConsoleInput(typed, profile: dialogue.profile)
                remember(typed, meaning)
            }
            unfinished = nil
            switch meaning {
            case .nothing: break
            case .command(let command): dialogue.submit(command)
            case .needsData(let line, let count): unfinished = (line, count)
            case .directive(let directive): if !dialogue.carryOut(directive) { return }
            case .lua(let code): await dialogue.evaluate(code)
            case .refused(let reason): dialogue.refuse(reason)
            }
            editor.next(prompt: unfinished.map { "\($0.count) bytes> " } ?? prompt)
        }
    }

    private func remember(_ typed: String, _ meaning: ConsoleInput) {
        switch meaning {
        case .nothing, .refused: break
        case .command(let command): if command.secrets.isEmpty { history.append(typed) }
        // What follows may be a secret, the line that announces it is none.
        case .needsData, .directive, .lua: history.append(typed)
        }
    }
}
