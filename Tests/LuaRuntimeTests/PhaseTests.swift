import LuaRuntime
import Synchronization
import Testing

/// Cancel, kill, deadlines and what still runs then.
@Suite struct PhaseTests {
    /// Time that passes only when somebody waits for it.
    final class VirtualClock: LuaClock {
        private let now = Mutex<Int64>(0)

        var monotonic: Int64 { now.withLock { $0 } }
        var wall: Double { Double(monotonic) / 1e9 }

        func wake(at deadline: Int64?, _ wake: @escaping @Sendable () -> Void) {
            guard let deadline else { return }
            now.withLock { $0 = max($0, deadline) }
            wake()
        }
    }

    /// Runs a script that calls `interrupt(kill)` itself.
    private func interrupted(_ source: String, _ configure: (inout LuaProgram) -> Void = { _ in }) async -> Run {
        let vm = Mutex<LuaVM?>(nil)
        let recorder = Recorder()
        var program = LuaProgram(source: Array(source.utf8), name: "test.lua", output: recorder)
        program.limits.grace = .seconds(5)
        program.modules = [
            LuaModule(
                "test",
                "Interrupts.",
                placement: .globals,
                functions: [
                    .synchronous("interrupt", LuaDocumentation("Interrupts the run.")) { call throws(LuaFailure) in
                        let isKill = try call.arguments[0].isTruthy
                        vm.withLock { $0 }?.interrupt(isKill ? .kill : .cancel)
                    }
                ]
            )
        ]
        configure(&program)
        let made = LuaVM(program)
        vm.withLock { $0 = made }
        let outcome = await made.run()
        vm.withLock { $0 = nil }
        return Run(outcome: outcome, text: recorder.text, records: recorder.records)
    }

    private func isAborted(_ run: Run) -> Bool {
        if case .aborted = run.outcome.ending { true } else { false }
    }

    @Test func anInterruptReachesAWaitAndCleanupRuns() async {
        let run = await interrupted(
            """
            defer(function() time.sleep(0.001) print("deferred") end)
            local x <close> = setmetatable({}, { __close = function() time.sleep(0.001) print("closed") end })
            interrupt()
            time.sleep("1h")
            """
        )
        #expect(run.text == "closed\ndeferred\n", "\(run.outcome)")
        #expect(run.failure?.kind == .cancelled && run.failure?.reason == "operator")
        #expect(isAborted(run))
    }

    @Test func anInterruptReachesALoop() async {
        let run = await interrupted("interrupt() while true do end")
        #expect(isAborted(run) && run.failure?.location == "test.lua:1", "\(run.outcome)")
    }

    @Test func aKillLetsNothingRun() async {
        let run = await interrupted(
            """
            defer(function() print("deferred") end)
            local x <close> = setmetatable({}, { __close = function() print("closed") end })
            interrupt(true)
            while true do pcall(function() while true do end end) end
            """
        )
        #expect(isAborted(run) && run.text.isEmpty, "\(run.outcome) \(run.text)")
    }

    @Test func aCaughtCancellationIsSticky() async {
        let run = await interrupted(
            "interrupt() local n = 0 for i = 1, 5 do if not pcall(time.sleep, 1) then n = n + 1 end end print(n)"
        )
        #expect(run.text == "5\n" && isAborted(run), "\(run.outcome)")
    }

    @Test func cancellingReachesChildrenInnermostFirst() async {
        let run = await interrupted(
            """
            local function closing(name) return setmetatable({}, { __close = function() print(name) end }) end
            task.scope(function(s)
              local a <close> = closing("body")
              s:spawn(function() local b <close> = closing("first") time.sleep("1h") end)
              s:spawn(function() local c <close> = closing("second") time.sleep("1h") end)
              s:spawn(function() time.sleep(0.001) interrupt() end)
              time.sleep("1h")
            end)
            """
        )
        #expect(run.text == "second\nfirst\nbody\n", "\(run.text) \(run.outcome)")
        #expect(isAborted(run))
    }

    @Test func deadlinesUseTheRunsClock() async {
        let run = await lua(
            """
            local before = time.monotonic()
            print(pcall(task.scope, function() time.sleep("2h") end, { timeout = "1h" }))
            print(time.monotonic() - before)
            time.sleep("20h")
            """
        ) { program in
            program.clock = VirtualClock()
            program.limits.deadline = .seconds(7200)
        }
        #expect(run.text == "false\ttest.lua:2: scope timed out\n3600.0\n", "\(run.text)")
        guard case .timedOut(.deadline, _, nil) = run.outcome.ending else {
            Issue.record("\(run.outcome)")
            return
        }
    }

    @Test func aDeferHasADeadlineOfItsOwn() async {
        let run = await lua(
            "defer(function() print('second') end) defer(function() while true do pcall(time.sleep, '1h') end end)"
        ) { $0.clock = VirtualClock() }
        #expect(run.text == "second\n", "\(run.outcome)")
        #expect(run.isFinished && run.outcome.laterFailures.first?.kind == .cancelled, "\(run.outcome)")
    }

    @Test func aComputingScriptBurstsAndIsCancelled() async {
        let run = await lua("while true do end") { program in
            program.limits.burst = .milliseconds(100)
        }
        guard case .timedOut(.burst, let failure, nil) = run.outcome.ending else {
            Issue.record("\(run.outcome)")
            return
        }
        #expect(failure?.reason == "burst")
    }

    @Test func tryJoinTakesTheFailure() async {
        let run = await lua(
            """
            task.scope(function(s)
              local h = s:spawn(function() error("bad", 0) end)
              print(h:try_join()) print(h.state)
              local c = s:spawn(function() time.sleep("1h") end, { name = "c" })
              c:cancel() print(select(2, c:try_join()).kind)
            end)
            """
        )
        #expect(run.text == "nil\tbad\nended\ncancelled\n", "\(run.outcome)")
    }

    @Test func laterFailuresAreSuppressed() async {
        let run = await lua(
            """
            local ok, e = pcall(task.scope, function(s)
              local function failing(n) return function()
                local x <close> = setmetatable({}, { __close = function() if n > 1 then json.decode("") end end })
                if n == 1 then json.decode("[") end
                time.sleep("1h")
              end end
              s:spawn(failing(2)) s:spawn(failing(3)) s:spawn(failing(1))
              time.sleep("1h")
            end)
            print(ok, e.kind, #e.suppressed, e)
            """
        )
        #expect(
            run.text.hasPrefix("false\targument\t2\ttest.lua:4: bad argument #1 to 'decode'"),
            "\(run.text) \(run.outcome)"
        )
    }

    @Test func tracebacksNameTheTasks() async {
        let run = await lua(
            """
            task.scope(function(s)
              s:spawn(function()
                local function inner() error("lost") end
                inner()
              end, { name = "rssi" })
            time.sleep("1h") end)
            """
        )
        let traceback = run.failure?.traceback ?? ""
        #expect(traceback.contains("test.lua:3: in local 'inner'"), "\(traceback)")
        #expect(traceback.contains("in task \"rssi\", spawned at test.lua:2 by task \"main\""), "\(traceback)")
    }

    @Test func describingTasksNamesWhatTheyWaitFor() async {
        let recorder = Recorder()
        let source = "task.scope(function(s) s:spawn(function() time.sleep('1h') end, {name = 'rssi'}) probe() end)"
        let vm = Mutex<LuaVM?>(nil)
        let text = Mutex("")
        var program = LuaProgram(source: Array(source.utf8), name: "test.lua", output: recorder)
        program.modules = [
            LuaModule(
                "test",
                "Probes.",
                placement: .globals,
                functions: [
                    .async("probe", LuaDocumentation("Describes the tasks.")) { _ in
                        let description = await vm.withLock { $0 }?.describeTasks() ?? ""
                        text.withLock { $0 = description }
                        return []
                    }
                ]
            )
        ]
        let made = LuaVM(program)
        vm.withLock { $0 = made }
        _ = await made.run()
        vm.withLock { $0 = nil }
        let description = text.withLock { $0 }
        #expect(description.contains("in task \"rssi\", spawned at test.lua:1 by task \"main\": waiting in sleep for"))
        #expect(description.contains("in task \"main\": waiting in probe"))
    }

    @Test func twoRunsShareNothing() async {
        let first = await lua("string.rep = nil; pcall = nil; rawset(_G, 'x', 1)")
        let second = await lua("assert(string.rep and pcall and rawget(_G, 'x') == nil)")
        #expect(first.isFinished && second.isFinished)
    }

    @Test func manyRunsLeaveNoThreadBehind() async {
        for _ in 0..<50 {
            let run = await lua("time.sleep(0)")
            #expect(run.isFinished)
        }
    }
}
