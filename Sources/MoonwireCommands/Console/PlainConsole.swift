internal import ATProtocol
internal import ModemSession

/// The console without a terminal: a line of standard input is sent when the one before is answered.
struct PlainConsole {
    let dialogue: ConsoleDialogue
    let screen: PlainScreen
    let input = StandardInputLines()

    /// Runs until the end of the input, `:quit`, or the port is gone for good.
    func run() async {
        let observations = dialogue.listen { input.finish() }
        defer {
            for observation in observations { observation.cancel() }
            screen.flush()
        }
        var conversation = ConsoleConversation(dialogue)
        for await typed in input.lines where !dialogue.isAbandoned {
            if await conversation.take(conversation.meaning(of: typed), send: send) == .leave { return }
        }
        conversation.end()
    }

    private func send(_ command: Command) async {
        dialogue.echo(command)
        await withCheckedContinuation { continuation in
            dialogue.submit(command) { continuation.resume() }
        }
    }
}
