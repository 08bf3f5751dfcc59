internal import LuaRuntime
internal import ModemScripting
internal import Synchronization

/// Lua at the console's prompt, on the same session: one VM whose globals last as long as the console.
final class ConsoleLua: Sendable {
    private struct State {
        var running = 0
        var interrupts = 0
    }

    private let vm: LuaVM
    private let host: ScriptHost
    private let words: LineBuffer
    private let state = Mutex(State())

    init(_ setup: ConsoleLuaSetup) {
        let words = setup.words
        self.words = words
        host = setup.host
        var program = LuaProgram(source: [], name: "console", folder: ".", output: host.output)
        setup.complete(&program, for: host, name: "console")
        program.isInteractive = true
        vm = LuaVM(program)
    }

    /// Runs until `end` is called.
    func run() async {
        _ = await vm.run()
        await host.finish()
        words.flush()
    }

    func end() { vm.end() }

    func evaluate(_ code: String) async -> LuaEvaluation {
        state.withLock { state in
            state.running += 1
            state.interrupts = 0
        }
        let evaluation = await vm.evaluate(code)
        state.withLock { $0.running -= 1 }
        words.flush()
        return evaluation.masked(host.secrets)
    }

    /// Cancels what is being evaluated; a second time: stops it. False: nothing is.
    func interrupt() -> Bool {
        let count: Int? = state.withLock { state in
            guard state.running > 0 else { return nil }
            state.interrupts += 1
            return state.interrupts
        }
        guard let count else { return false }
        vm.interrupt(count == 1 ? .cancel : .kill)
        return true
    }
}
