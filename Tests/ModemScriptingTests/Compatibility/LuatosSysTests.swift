import LuaRuntime
import ModemScripting
import Testing

/// Tasks, timers and messages of LuatOS.
@Suite struct LuatosSysTests {
    private static func run(_ source: String, then: String = "") async throws -> ScriptBench.Result {
        try await ScriptBench().run("require 'compat.luatos'\n" + source + "\nsys.run()\n" + then)
    }

    @Test func tasksRunSideBySideAndRunReturnsWhenAllHaveEnded() async throws {
        let result = try await Self.run(
            """
            sys.taskInit(function(name) print(name, 1) sys.waitUntil("go") print(name, 2) end, "a")
            sys.taskInit(function()
                sys.wait(1)
                print("b")
                sys.taskInit(function() print("c") sys.publish("go") end)
            end)
            """,
            then: "print('over')"
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "a\t1\nb\nc\na\t2\nover\n")
    }

    @Test func aMessageWakesWhoeverWaitsForIt() async throws {
        let result = try await Self.run(
            """
            sys.subscribe("NEWS", function(...) print("subscriber", ...) end)
            sys.taskInit(function() print("one", sys.waitUntil("NEWS", 5000)) end)
            sys.taskInit(function() print("two", sys.waitUntil("NEWS")) end)
            local isOver = false
            sys.taskInit(function() print("three", sys.waitUntil("OTHER", 10)) isOver = true end)
            sys.taskInit(function() while not isOver do sys.wait(1) end sys.publish("NEWS", 1, nil, "x") end)
            """
        )
        #expect(result.report.failure == nil)
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.prefix(2) == ["three\tfalse", "subscriber\t1\tnil\tx"])
        #expect(Set(lines.dropFirst(2)) == ["one\ttrue\t1\tnil\tx", "two\ttrue\t1\tnil\tx"])
    }

    @Test func messagesKeepTheirOrderAndASubscriptionEnds() async throws {
        let result = try await Self.run(
            """
            local got = {}
            local function take(i) got[#got + 1] = i if i == 3 then sys.unsubscribe("N", take) end end
            sys.subscribe("N", take)
            for i = 1, 5 do sys.publish("N", i) end
            sys.taskInit(function() sys.wait(5) print(table.concat(got, " ")) end)
            """
        )
        #expect(result.output == "1 2 3\n")
    }

    @Test func timersFireOnceOrAgainAndCanBeStopped() async throws {
        let result = try await Self.run(
            """
            local n, loop = 0
            loop = sys.timerLoopStart(function(text)
                n = n + 1
                print(text, n)
                if n == 3 then sys.timerStop(loop) end
            end, 5, "tick")
            local never = sys.timerStart(print, 10000, "never")
            sys.timerStart(function() sys.timerStop(never) print(sys.timerIsActive(never), sys.timerIsActive(loop)) end, 1)
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "false\ttrue\ntick\t1\ntick\t2\ntick\t3\n")
    }

    @Test func aTimerForTheSameFunctionAndArgumentsReplacesTheOther() async throws {
        let result = try await Self.run(
            "sys.timerStart(print, 1, 'once') sys.timerStart(print, 2, 'once') sys.timerStart(print, 3, 'other')"
        )
        #expect(result.output == "once\nother\n")
    }

    @Test func theNetworkIsAnnounced() async throws {
        let result = try await Self.run(
            """
            sys.subscribe("IP_READY", function(address) print("subscriber", address) sys.publish("late") end)
            sys.taskInit(function() print(sys.waitUntil("IP_READY", 10000)) end)
            sys.taskInit(function() sys.waitUntil("late") print(sys.waitUntil("IP_READY", 10000)) end)
            """
        )
        #expect(result.report.failure == nil)
        let lines = result.output.split(separator: "\n").map(String.init).sorted()
        #expect(lines == ["subscriber\t10.0.0.2", "true\t10.0.0.2", "true\t10.0.0.2"])
    }

    @Test func anErrorInATaskEndsTheRunWithItsPlace() async throws {
        let result = try await Self.run(
            "sys.taskInit(function() sys.wait(1) error('broken') end)\nsys.timerLoopStart(print, 5)"
        )
        #expect(result.report.failure?.message.contains("broken") ?? false)
        #expect(result.report.failure?.description.hasPrefix("test.lua:2: ") ?? false)
    }

    @Test func outsideOfATaskThereIsNothingToWaitFor() async throws {
        let result = try await ScriptBench().run(
            "require 'compat.luatos'\nlocal ok, err = pcall(sys.waitUntil, 'X') print(ok, err.kind, err.message) sys.wait(1)"
        )
        #expect(result.output == "false\terror\tsys.waitUntil works in a task: sys.taskInit, then sys.run\n")
    }

    @Test func whatLuatosScriptsBeginWithWorks() async throws {
        let result = try await ScriptBench().run(
            """
            require "compat.luatos"
            PROJECT = "demo"
            VERSION = "1.0.0"
            _G.sys = require("sys")
            _G.sysplus = require("sysplus")
            local mqtt = require "mqtt"
            log.info("main", PROJECT, VERSION, mqtt.STATE_READY)
            print(mobile.imei(), mobile.imsi(), mobile.iccid(), mobile.rssi(), mobile.csq())
            sys.taskInit(function() log.info("task", mqtt.create(nil, "h", 1)) end)
            sys.run()
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "867584030000018\t001010000000018\t89001010000000000018\t-67\t23\n")
    }

    @Test func aSubscriberIsThereOnceAndMayHearSeveralTopics() async throws {
        let result = try await Self.run(
            """
            for _ = 1, 2 do sys.subscribe({ "A", "B" }, print) end
            sys.publish("A", 1) sys.publish("B", 2)
            sys.subscribe("C", function() sys.unsubscribe({ "A", "B" }, print) sys.publish("A", 3) end)
            sys.publish("C")
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "1\n2\n")
    }
}
