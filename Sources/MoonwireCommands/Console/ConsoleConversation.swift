internal import A7600
internal import ATProtocol
internal import LuaRuntime

/// One line after the other, and what is left open between two of them.
struct ConsoleConversation {
    /// What the next line is for.
    enum Expectation: Equatable {
        case line
        /// The data of this command, so many bytes.
        case data(line: String, count: Int)
        /// More of this Lua.
        case lua(String)
    }

    enum Next { case goOn, leave }

    let dialogue: ConsoleDialogue
    private(set) var expected = Expectation.line

    init(_ dialogue: ConsoleDialogue) {
        self.dialogue = dialogue
    }

    /// What a line means where it stands. It is carried out by `take`.
    func meaning(of typed: String) -> ConsoleInput {
        switch expected {
        case .line: ConsoleInput(typed, profile: dialogue.profile)
        case .data(let line, let count): ConsoleInput(line, data: typed, count: count, profile: dialogue.profile)
        case .lua(let begun): typed.isEmpty ? .nothing : .lua(begun + "\n" + typed)
        }
    }

    /// - Parameter send: submits a command.
    mutating func take(_ meaning: ConsoleInput, send: (Command) async -> Void) async -> Next {
        expected = .line
        switch meaning {
        case .nothing: break
        case .command(let command): await send(command)
        case .needsData(let line, let count): expected = .data(line: line, count: count)
        case .directive(let directive): return dialogue.carryOut(directive) ? .goOn : .leave
        case .lua(let code): if await dialogue.evaluate(code) == .incomplete { expected = .lua(code) }
        case .refused(let reason): dialogue.refuse(reason)
        }
        return .goOn
    }

    /// No more lines come.
    func end() {
        switch expected {
        case .line: break
        case .data(let line, _): dialogue.refuse("\(line): the input ends before the data")
        case .lua(let code): dialogue.refuse("the input ends within Lua: \(code)")
        }
    }
}
