/// One row of the hostile corpus (specification of the Lua runtime, section 11).
package struct HostileScript: Sendable, CustomStringConvertible {
    /// How it must end, and the seconds it may take at most in a release build on an idle machine.
    package enum End: Sendable {
        /// An error whose text contains this.
        case error(String)
        case deadline
        /// Only a kill ends it: the deadline and the grace.
        case kill
        case passes
        case refused(String)
        case watchdog(String)
        /// The watchdog where it is slow, a kill or the deadline where it is fast.
        case watchdogOrDeadline(String)
        /// Passes, or ends for lack of memory.
        case passesOrMemory

        package var seconds: Double {
            switch self {
            case .error, .deadline, .passes, .refused, .passesOrMemory: 1.0
            case .kill: 1.2
            case .watchdog, .watchdogOrDeadline: 2.0
            }
        }
    }

    package var row: String
    package var end: End
    package var source: String
    package var files: [String: String] = [:]
    package var seconds: Double?
    /// What a built program runs instead of `source`, which may need what only the tests' modem has; nil: nothing.
    package var program: String?
    /// Further arguments of the built program.
    package var arguments: [String] = []

    package init(_ row: String, _ end: End, _ source: String, files: [String: String] = [:], seconds: Double? = nil) {
        self.row = row
        self.end = end
        self.source = source
        program = source
        self.files = files
        self.seconds = seconds
    }

    package var description: String { "row \(row)" }
}

extension HostileScript.End {
    /// Ended by the clock alone.
    package var isDeadline: Bool {
        switch self {
        case .deadline, .kill, .watchdog, .watchdogOrDeadline: true
        case .error, .refused, .passes, .passesOrMemory: false
        }
    }

    /// Exit codes of a built program.
    package var statuses: Set<Int32> {
        switch self {
        case .error: [3]
        case .refused: [2]
        case .passes: [0]
        case .passesOrMemory: [0, 3]
        case .deadline, .kill, .watchdog, .watchdogOrDeadline: [6]
        }
    }

    /// Outcomes in result.json.
    package var outcomes: Set<String> {
        switch self {
        case .error, .refused: ["ERROR"]
        case .passes: ["PASS"]
        case .passesOrMemory: ["PASS", "ERROR"]
        case .deadline, .kill, .watchdog, .watchdogOrDeadline: ["TIMEOUT"]
        }
    }
}

extension HostileScript {
    private func inProgram(_ program: String?, _ arguments: [String] = []) -> HostileScript {
        var script = self
        script.program = program
        script.arguments = arguments
        return script
    }

    private static let loop = "local loop = function() while true do end end "

    package static let all: [HostileScript] = [
        .init("1", .deadline, "while true do end"),
        .init("2", .kill, "while true do pcall(function() while true do end end) end"),
        .init("3", .deadline, loop + "xpcall(loop, loop)"),
        .init("4", .error("__gc is not available"), loop + "setmetatable({}, {__gc = loop}) collectgarbage()"),
        .init("5", .kill, loop + "local x <close> = setmetatable({}, {__close = loop}) loop()"),
        .init(
            "6",
            .kill,
            loop + "local f = coroutine.wrap(function() while true do pcall(loop) end end) while true do pcall(f) end"
        ),
        .init("7a", .deadline, "while true do (('a'):rep(1e4)):find('.-.-.-.-b$') end"),
        .init("7b", .deadline, "while true do (('a'):rep(2000)):find('.-.-b') end"),
        .init("8", .passes, "assert(string.rep('', 1<<60) == '')"),
        .init(
            "9a",
            .error("too many elements"),
            "table.insert(setmetatable({}, {__len = function() return math.maxinteger - 1 end}), 1, 0)"
        ),
        .init(
            "9b",
            .error("too many elements"),
            "table.remove(setmetatable({}, {__len = function() return math.maxinteger - 1 end}), 1)"
        ),
        .init("10", .error("too many elements"), "table.move({}, 1, 1<<60, 2)"),
        .init(
            "11",
            .error("too many elements"),
            "table.concat(setmetatable({}, {__index = rawlen}), '', 1, 10^9//1|0)"
        ),
        .init("12", .error("memory"), "local t, i = {}, 0 while true do i = i + 1 t[i] = ('x'):rep(1000)..i end"),
        .init("13", .error("memory"), "local s = 'x' while true do s = s..s end"),
        .init("14", .deadline, "while true do pcall(string.rep, 'x', 10000000) end", seconds: 1.2),
        .init(
            "15",
            .error("memory"),
            "local t, f = {}, function() end while true do t[#t+1] = coroutine.create(f) end"
        ),
        .init(
            "16",
            .error(""),
            """
            local before
            for i = 1, 200000 do
              local inner = before
              before = coroutine.create(function()
                local x <close> = setmetatable({}, { __close = function() if inner then coroutine.close(inner) end end })
                coroutine.yield()
              end)
              coroutine.resume(before)
            end
            assert(coroutine.close(before))
            """
        ),
        .init(
            "17",
            .passesOrMemory,
            """
            local keep = {}
            for i = 1, 20000 do
              local m = setmetatable({}, { __mode = "v" })
              m.__newindex = {}
              local t = setmetatable({}, m)
              t.x = i
              keep[i] = { t, ("x"):rep(1000) .. i }
            end
            """
        ),
        .init("18", .error(""), "local function f() return f()+1 end f()"),
        .init("19a", .error("text only"), "assert(load('\\27Lua\\0\\0'))"),
        .init("19b", .error("nil value"), "string.dump(function() end)"),
        .init("20", .error("(error object is a table)"), loop + "error(setmetatable({}, {__tostring = loop}))"),
        .init("21a", .error("C stack overflow"), "assert(load(('('):rep(60000)))"),
        .init("21b", .error("source too large"), "assert(load(('('):rep(1e6)))"),
        .init(
            "22",
            .error("cannot wait here"),
            "table.sort({3,2,1}, function(a,b) modem:at('AT') return a<b end)"
        ),
        .init("23a", .error("index"), "getmetatable('').__index = nil"),
        .init("23b", .passes, "_G.pcall = nil; _ENV = {}"),
        .init("24a", .error("nil value"), "os.exit(1)"),
        .init("24b", .error("nil value"), "io.popen('true')"),
        .init("24c", .error("nil value"), "package.loadlib('x', 'y')"),
        .init("24d", .error("nil value"), "require('os').execute('true')"),
        .init("24e", .error("not found"), "require 'socket.core'"),
        .init("25", .error("C stack overflow"), "local function r() return coroutine.wrap(r)() end r()"),
        .init("26", .deadline, "while true do modem:at('AT') end"),
        .init("27a", .error("bad argument #1 to 'at'"), "modem:at('AT\\rAT+CFUN=0')"),
        .init("27b", .error("bad argument #1 to 'at'"), "modem:at(('A'):rep(1e6))"),
        HostileScript("28", .deadline, "modem:storm(function() time.sleep('2h') end) time.sleep('2h')")
            .inProgram(
                "modem:on('', function() time.sleep('2h') end) time.sleep('2h')",
                ["--fault", "urc-storm=1000@0.05s"]
            ),
        .init(
            "29",
            .error("too many tasks (256)"),
            "task.scope(function(s) while true do s:spawn(function() time.sleep('2h') end) end end)"
        ),
        .init("30", .error("output limit"), "while true do print(('x'):rep(1e6)) end"),
        .init("31", .passes, "assert((('a'):rep(4e6)):find(('a'):rep(2e6)..'b', 1, true) == nil)"),
        .init(
            "32",
            .error("too many elements"),
            "table.sort(setmetatable({}, {__len = function() return 2^31-2|0 end, __index = rawlen, __newindex = rawlen}))"
        ),
        .init("33", .deadline, "local s = ('x'):rep(16000000) while true do utf8.len(s) end", seconds: 1.5),
        .init(
            "34",
            .passes,
            """
            local f = (("a"):rep(200000)):gmatch(("a?"):rep(200000))
            local ok1, e1 = pcall(f) local ok2, e2 = pcall(f)
            assert(not ok1 and not ok2 and e1:find("too complex") and e2:find("too complex"))
            """
        ),
        .init(
            "35a",
            .refused("__concat is not available"),
            "local C = {} C.__concat = function() end setmetatable({}, C)"
        ),
        .init(
            "35b",
            .error("__concat is not available"),
            "local name = '__con' .. ('cat') local C = {[name] = function() end} setmetatable({}, C)"
        ),
        .init(
            "36",
            .passes,
            """
            local t = setmetatable({}, { __mode = "kv" })
            for i = 1, 20000 do setmetatable(t, { __mode = "kv", i = i }) local garbage = { {}, {}, {} } end
            """
        ),
        .init(
            "37",
            .error("attempt to index"),
            "require 'chain'",
            files: [
                "chain.lua": "local t = {} local f = function() return t" + String(repeating: ".a", count: 130_000)
                    + " end local function g(n) if n == 0 then return f() end "
                    + "local ok, e = pcall(g, n - 1) error(e, 0) end g(150)"
            ]
        ),
        .init(
            "38a",
            .error("waiting for the host"),
            """
            local root
            task.scope(function(s)
              s:spawn(function() root = coroutine.running() time.sleep('2h') end)
              time.sleep(0.001)
              local ok, e = coroutine.resume(root)
              error(e, 0)
            end)
            """
        ),
        .init(
            "38b",
            .error("waiting for the host"),
            """
            local co = coroutine.create(function() time.sleep('2h') end)
            task.scope(function(s)
              s:spawn(function() coroutine.resume(co) end)
              time.sleep(0.001)
              assert(coroutine.status(co) == "normal")
              coroutine.close(co)
            end)
            """
        ),
        .init("39a", .kill, "while true do pcall(time.sleep, '1h') end"),
        .init(
            "39b",
            .kill,
            "while true do coroutine.resume(coroutine.create(function() time.sleep('1h') end)) end"
        ),
        HostileScript("40a", .watchdog("spin"), "modem:spin()").inProgram(nil),
        .init(
            "40b",
            .watchdogOrDeadline("load big.lua"),
            "require 'big' while true do end",
            files: ["big.lua": "local a = 1 return a" + String(repeating: " and a", count: 43_000)]
        ),
    ]
}
