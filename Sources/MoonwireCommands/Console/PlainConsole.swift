internal import A7600
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
        var unfinished: (line: String, count: Int)?
        for await typed in input.lines where !dialogue.isAbandoned {
            let meaning =
                unfinished.map { ConsoleInput($0.line, data: typed, count: $0.count, profile: dialogue.profile) }
                ?? ConsoleInput(typed, profile: dialogue.profile)
            unfinished = nil
            switch meaning {
            case .nothing: break
            case .command(let command): await send(command)
            case .needsData(let line, let count): unfinished = (line, count)
            case .directive(let directive): if !dialogue.carryOut(directive) { return }
            case .lua(let code): await dialogue.evaluate(code)
            case .refused(let reason): dialogue.refuse(reason)
            }
        }
        if let unfinished { dialogue.refuse("\(unfinished.line): the input ends before the data") }
    }

    private func send(_ command: Command) async {
        dialogue.echo(command)
        await withCheckedContinuation { continuation in
            dialogue.submit(command) { continuation.resume() }
        }
    }
}
