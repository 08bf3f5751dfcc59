import LuaRuntime
import Testing

/// The bugs of Lua 5.4.4 as Debian ships it, each behind its fence (specification of the Lua runtime, section 9).
@Suite struct StockBugTests {
    private func limits(_ program: inout LuaProgram) {
        program.limits.deadline = .seconds(10)
    }

    @Test func aMetatableWithConcatIsRefusedHoweverTheNameIsMade() async {
        let run = await lua("local m = {['__con' .. 'cat'] = print} print(pcall(setmetatable, {}, m))", limits)
        #expect(run.text.contains("__concat is not available"))
    }

    @Test(arguments: [
        "local m = {} m.__concat = print", "local m = {['\\95_concat'] = print}", "local x = '__concat'",
        "local function f() return function() return { __concat = 1 } end end",
    ])
    func aChunkWithTheConstantConcatDoesNotLoad(_ source: String) async {
        let run = await lua(source, limits)
        guard case .refused(let failure) = run.outcome.ending else {
            Issue.record("\(run.outcome)")
            return
        }
        #expect(failure.description.contains("__concat is not available"))
        let loaded = await lua("print(load([==[\(source)]==]))", limits)
        #expect(loaded.text.contains("nil\t"), "\(loaded.outcome)")
    }

    @Test func aReplacedMetatableOfAWeakTableStaysAlive() async {
        let run = await lua(
            """
            local t = setmetatable({}, { __mode = "kv" })
            for i = 1, 50000 do
              setmetatable(t, { __mode = "kv", __index = { i = i } })
              local a, b = {}, { {} }
              if i % 100 == 0 then assert(t.i == i) end
            end
            """,
            limits
        )
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test func nestedClosingIsBounded() async {
        let run = await lua(
            """
            local function nest(n)
              return coroutine.create(function()
                local x <close> = setmetatable({}, { __close = function()
                  if n > 0 then local inner = nest(n - 1) coroutine.resume(inner) assert(coroutine.close(inner)) end
                end })
                coroutine.yield()
              end)
            end
            local function close(n) local co = nest(n) coroutine.resume(co) return coroutine.close(co) end
            print(close(50)) print(close(150))
            """,
            limits
        )
        #expect(run.text.hasPrefix("true\nfalse\t"), "\(run.text) \(run.outcome)")
        #expect(run.text.contains("nested too deeply") || run.text.contains("C stack overflow"))
    }

    @Test func anIteratorAfterPatternTooComplexIsWhole() async {
        let run = await lua(
            """
            local next = (("a"):rep(300)):gmatch(("a?"):rep(250) .. "b")
            for i = 1, 3 do print(pcall(next)) end
            """,
            limits
        )
        #expect(run.text == String(repeating: "false\tpattern too complex\n", count: 3), "\(run.text)")
    }

    @Test func aDeadCoroutineResumedWithoutMemoryIsAnError() async {
        let run = await lua(
            """
            local co = coroutine.create(function() end)
            coroutine.resume(co)
            local t = {}
            print(pcall(function() while true do t[#t + 1] = ("x"):rep(100000) .. #t coroutine.resume(co) end end))
            """
        ) { program in
            program.limits.memory = 2 << 20
            program.limits.deadline = .seconds(10)
        }
        #expect(run.failure?.kind == .memory, "\(run.outcome)")
    }

    @Test func finalizersOfScriptsAreRefused() async {
        let run = await lua("setmetatable({}, { __gc = function() end })", limits)
        #expect(run.failure?.message.contains("__gc is not available") == true)
    }

    /// Bug without a fence, documented: a bitwise operator with a literal on its left and a logical expression on its
    /// right gives a wrong value in a function with more than 255 constants. When this fails, the library was repaired.
    @Test func theBitwiseLiteralBugIsStillThere() async {
        let constants = (1...300).map { "local _ = 'k\($0)'" }.chunked(100).map {
            "do \($0.joined(separator: " ")) end"
        }
        let run = await lua(constants.joined(separator: " ") + " print(1 ~ (2 or 3))", limits)
        #expect(run.text == "0\n" || run.text == "3\n")
    }
}

extension Array {
    func chunked(_ size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
