import LuaRuntime
import Synchronization
import Testing

/// What a console does with a VM: chunk after chunk on one state.
@Suite struct InteractiveTests {
    private func withConsole(
        _ configure: (inout LuaProgram) -> Void = { _ in },
        _ body: (LuaVM) async -> Void
    ) async -> Run {
        let recorder = Recorder()
        var program = LuaProgram(source: [], name: "console", output: recorder)
        program.isInteractive = true
        configure(&program)
        let vm = LuaVM(program)
        async let outcome = vm.run()
        await body(vm)
        vm.end()
        return Run(outcome: await outcome, text: recorder.text, records: recorder.records)
    }

    private func shown(_ evaluation: LuaEvaluation) -> String {
        switch evaluation {
        case .values(let values): values.map(\.literal).joined(separator: " ")
        case .incomplete: "…"
        case .failed(let failure): "! \(failure)"
        case .ended: "(ended)"
        }
    }

    @Test(arguments: [
        ("1 + 1, 'a'", "2 \"a\""),
        ("x = 5", ""),
        ("return 7", "7"),
        ("{ 1, 2, name = 'n', [9] = false }", "{1, 2, [9] = false, name = \"n\"}"),
        ("for i = 1, 2 do", "…"),
        ("nosuch", "! console:1: undeclared global 'nosuch'"),
        ("1 +* 2", "! console:1: unexpected symbol near '1'"),
        ("time.sleep(0.001)", ""),
        ("time", "{"),
    ])
    func evaluates(_ source: String, _ expected: String) async {
        let run = await withConsole { vm in
            let evaluation = await vm.evaluate(source)
            let text = shown(evaluation)
            #expect(expected.isEmpty ? text.isEmpty : text.hasPrefix(expected), "\(text)")
        }
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test func globalsStayForTheNextLine() async {
        let run = await withConsole { vm in
            _ = await vm.evaluate("function twice(n) return 2 * n end")
            _ = await vm.evaluate("x = twice(21)")
            #expect(shown(await vm.evaluate("x")) == "42")
            #expect(shown(await vm.evaluate("nosuch()")) == "! console:1: undeclared global 'nosuch'")
            #expect(shown(await vm.evaluate("x + 1")) == "43")
        }
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test(arguments: ["time.sleep('1h')", "while true do end", "time.sleep('1h') while true do end"])
    func anInterruptEndsTheLineAlone(_ source: String) async {
        let vm = Mutex<LuaVM?>(nil)
        let interrupting = LuaFunction.synchronous("interrupt", LuaDocumentation("Interrupts.")) { _ in
            vm.withLock { $0 }?.interrupt(.cancel)
        }
        let module = LuaModule("test", "Interrupts.", placement: .globals, functions: [interrupting])
        let run = await withConsole({ $0.modules = [module] }) { made in
            vm.withLock { $0 = made }
            defer { vm.withLock { $0 = nil } }
            let begun = "interrupt() " + source
            let ended = await made.evaluate(begun)
            guard case .failed(let failure) = ended else {
                Issue.record("\(ended)")
                return
            }
            #expect(failure.kind == .cancelled && failure.reason == "operator", "\(failure)")
            #expect(shown(await made.evaluate("1")) == "1")
        }
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test func aLineThatIgnoresItsInterruptIsKilled() async {
        let run = await withConsole { vm in
            async let evaluation = vm.evaluate("while true do pcall(time.sleep, '1h') end")
            _ = await vm.evaluate("time.sleep(0.001)")
            vm.interrupt(.cancel)
            vm.interrupt(.kill)
            #expect(shown(await evaluation).contains("ended by force"))
            #expect(shown(await vm.evaluate("1")) == "1")
        }
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test func computingTooLongEndsTheLineAlone() async {
        let run = await withConsole({ program in
            program.limits.burst = .milliseconds(50)
            program.limits.graceBurst = .milliseconds(50)
        }) { vm in
            #expect(shown(await vm.evaluate("while true do end")).contains("computed too long"))
            let ignoring = await vm.evaluate("while true do pcall(function() while true do end end) end")
            #expect(shown(ignoring).contains("ended by force"))
            #expect(shown(await vm.evaluate("1")) == "1")
        }
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test func memoryEndsTheLineAlone() async {
        let run = await withConsole({ $0.limits.memory = 4 << 20 }) { vm in
            let bloat = await vm.evaluate("local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end")
            #expect(shown(bloat).contains("out of memory"), "\(shown(bloat))")
            #expect(shown(await vm.evaluate("1")) == "1")
        }
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test func endingRunsDefersAndAnswersWhatStillRuns() async {
        let recorder = Recorder()
        var program = LuaProgram(source: [], name: "console", output: recorder)
        program.isInteractive = true
        // Whatever else the machine does meanwhile.
        program.limits.grace = .seconds(60)
        program.limits.graceBurst = .seconds(60)
        let vm = LuaVM(program)
        async let outcome = vm.run()
        _ = await vm.evaluate("defer(function() time.sleep(0.001) print('deferred') end)")
        async let waiting = vm.evaluate("isWaiting = true time.sleep('1h')")
        while shown(await vm.evaluate("isWaiting")) != "true" { await Task.yield() }
        vm.end()
        #expect(shown(await waiting).contains("cancelled"))
        let ended = await outcome
        #expect(recorder.text == "deferred\n", "\(ended)")
        #expect(shown(await vm.evaluate("1")) == "(ended)")
    }

    @Test func aHandlerThatFailsIsLogged() async {
        let modem = TestModem()
        let run = await withConsole({ $0.modules = [modem.module] }) { vm in
            _ = await vm.evaluate("modem:storm(function(n) error('bad event ' .. n, 0) end)")
            _ = await vm.evaluate("time.sleep(0.001)")
            #expect(shown(await vm.evaluate("1")) == "1")
        }
        #expect(run.records.contains { $0.level == .error && $0.message.contains("bad event 0") }, "\(run.records)")
        #expect(run.isFinished, "\(run.outcome)")
    }
}
