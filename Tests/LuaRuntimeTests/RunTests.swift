import LuaRuntime
import Testing

@Suite struct RunTests {
    @Test func aScriptPrintsAndReturnsValues() async {
        let run = await lua("print('hello', 1, 2.5, nil, true) return 1, 'two', {3}")
        #expect(run.text == "hello\t1\t2.5\tnil\ttrue\n")
        guard case .finished(let values) = run.outcome.ending else {
            Issue.record("\(run.outcome)")
            return
        }
        #expect(values == [1, "two", .list([3])])
    }

    @Test func anErrorHasPlaceAndTraceback() async {
        let run = await lua("local function inner()\n  error('no answer')\nend\ninner()")
        #expect(run.failure?.kind == .script)
        #expect(run.failure?.location == "test.lua:2")
        #expect(run.failure?.message == "no answer")
        #expect(run.failure?.traceback?.contains("test.lua:2: in upvalue 'inner'") == false)
        #expect(run.failure?.traceback?.contains("test.lua:4: in main chunk") == true)
    }

    @Test func sleepingWaits() async {
        let run = await lua(
            "local before = time.monotonic() time.sleep('20ms') print(time.monotonic() - before >= 0.02)"
        )
        #expect(run.text == "true\n")
    }

    @Test func aScopeRunsTasksAndGivesTheirResults() async {
        let run = await lua(
            """
            local r = task.scope(function(s)
              local a = s:spawn(function() time.sleep(0.02) return 'a' end)
              local b = s:spawn(function() time.sleep(0.01) return 'b' end, { name = 'bee' })
              return a:join() .. b:join() .. b.name
            end)
            print(r)
            """
        )
        #expect(run.text == "abbee\n")
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test func aFailingTaskFailsItsScope() async {
        let run = await lua(
            """
            local ok, err = pcall(task.scope, function(s)
              s:spawn(function() time.sleep(0.01) error('boom') end)
              time.sleep('1h')
            end)
            print(ok, err)
            """
        )
        #expect(run.text == "false\ttest.lua:2: boom\n")
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test func aScopeTimesOut() async {
        let run = await lua(
            """
            local ok, err = pcall(task.scope, function() time.sleep('1h') end, { timeout = 0.02, name = 'attach' })
            print(ok, err.kind, err)
            time.sleep(0.001)
            """
        )
        #expect(run.text == "false\ttimeout\ttest.lua:1: attach timed out\n")
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test func aRaceGivesTheFirstAndCancelsTheRest() async {
        let run = await lua(
            """
            task.scope(function(s)
              local r = s:race{ time.after('1h'), function() time.sleep(0.01) return 'fast' end }
              print(r.index, r.value)
            end)
            """
        )
        #expect(run.text == "2\tfast\n")
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test func waitsPassThroughCoroutinesAndProtectedCalls() async {
        let run = await lua(
            """
            local co = coroutine.wrap(function(x)
              time.sleep(0.001)
              local y = coroutine.yield(x + 1)
              print(pcall(function() time.sleep(0.001) return y end))
              return 'end'
            end)
            print(co(1)) print(co('y'))
            """
        )
        #expect(run.text == "2\ntrue\ty\nend\n")
    }

    @Test func undeclaredGlobalsAreErrors() async {
        let run = await lua("local x = 1\nfoo = x")
        #expect(run.failure?.description == "test.lua:2: undeclared global 'foo' (write \"local foo\")")
    }

    @Test func aDeadlineEndsALoop() async {
        let run = await lua("while true do end") { $0.limits.deadline = .milliseconds(50) }
        guard case .timedOut(.deadline, let failure, nil) = run.outcome.ending else {
            Issue.record("\(run.outcome)")
            return
        }
        #expect(failure?.kind == .cancelled)
    }

    @Test func deferredFunctionsRunLastFirstAndMayWait() async {
        let run = await lua(
            "defer(function() print(1) end) defer(function() time.sleep(0.001) print(2) end) error('x')"
        )
        #expect(run.text == "2\n1\n")
        #expect(run.failure?.message == "x")
    }

    @Test func aSyntaxErrorRefusesTheChunk() async {
        let run = await lua("local = 1")
        guard case .refused(let failure) = run.outcome.ending else {
            Issue.record("\(run.outcome)")
            return
        }
        #expect(failure.location == "test.lua:1")
    }
}
