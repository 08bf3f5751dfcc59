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
        // What is being waited for; without that, what is being typed.
        case SIGINT: if !dialogue.interrupt() { editor.interrupt() }
        default: editor.stop(waiting: false)
        }
    }

    private func converse() async {
        var conversation = ConsoleConversation(dialogue)
        for await input in editor.inputs {
            guard case .line(let typed) = input else { return }
            let meaning = conversation.meaning(of: typed)
            if conversation.expected == .line { remember(typed, meaning) }
            if await conversation.take(meaning, send: { dialogue.submit($0) }) == .leave { return }
            editor.next(prompt: prompt(conversation.expected))
        }
    }

    private func prompt(_ expected: ConsoleConversation.Expectation) -> String {
        switch expected {
        case .line: prompt
        case .data(_, let count): "\(count) bytes> "
        case .lua: String(repeating: " ", count: max(0, model.count - 1)) + ">> "
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
