import ScriptCheck
import Testing

/// Each kind of mistake gives one line: place, what is wrong, what to do.
@Suite struct FindingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var source: String
        var lines: [String]
        var testDescription: String { source }

        init(_ source: String, _ lines: String...) {
            self.source = source
            self.lines = lines
        }
    }

    static let syntax = [
        Case("local x =", "t.lua:1: unexpected symbol near <eof> (Lua 5.4 cannot read this)"),
        Case(
            "if a != b then end",
            "t.lua:1: 'then' expected near '!' (Lua writes ~= for unequal and not for negation)"
        ),
        Case("x += 1", "t.lua:1: syntax error near '+' (Lua has no += and no ++: write x = x + 1)"),
        Case(
            "function f()\n  print(1)\n",
            "t.lua:3: 'end' expected (to close 'function' at line 1) near <eof> (Lua 5.4 cannot read this)"
        ),
        Case(
            "for i = 1, 2 do\n  goto continue\nend",
            "t.lua:2: no visible label 'continue' for goto at line 2 (write ::continue:: before the end of the loop)"
        ),
        Case(
            "local x <const> = 1\nx = 2",
            "t.lua:2: attempt to assign to const variable 'x' (declare it without <const> or <close>, or use another name)"
        ),
        Case(
            "print('a\nb')",
            "t.lua:1: unfinished string near ''a' (close it before the end of the line, or write [[ … ]] for several lines)"
        ),
    ]

    static let globals = [
        Case("x = 5\nprint(x, x)", "t.lua:1: undeclared global 'x' (write \"local x\")"),
        Case("function f() end f()", "t.lua:1: undeclared global 'f' (write \"local function f\")"),
        Case("local name = 1\nprint(nmae)", "t.lua:2: undeclared global 'nmae' (did you mean 'name'?)"),
        Case("prnit('x')", "t.lua:1: undeclared global 'prnit' (did you mean 'print'?)"),
        Case("print(_G.zebra)", "t.lua:1: undeclared global 'zebra' (write \"local zebra\" before it is used)"),
        Case(
            "do local zebra = 1 end\nprint(zebra)",
            "t.lua:2: undeclared global 'zebra' (write \"local zebra\" before it is used)"
        ),
        Case("dofile('x.lua')", "t.lua:1: 'dofile' is not available (use require)"),
        Case("print(unpack{})", "t.lua:1: 'unpack' is not available (use table.unpack)"),
        Case("os.exit(1)", "t.lua:1: os.exit is not available (return from the main chunk, or use skip or fail)"),
        Case("string.fromat('x')", "t.lua:1: string has no 'fromat' (did you mean 'format'?)"),
        Case("local s = 'x'\nprint(s:uper())", "t.lua:2: string has no 'uper' (did you mean 'upper'?)"),
        Case(
            "setmetatable({}, { __gc = print })",
            "t.lua:1: __gc is not available (use a local with <close>, or defer)"
        ),
        Case(
            "local mt = {}\nmt.__concat = print",
            "t.lua:2: __concat is not available (give the class a method, or __tostring)"
        ),
        Case("sys.wait(1)", "t.lua:1: undeclared global 'sys' (require \"compat.luatos\" first)"),
    ]

    static let names = [
        Case("modem:sgnal()", "t.lua:1: modem has no 'sgnal' (did you mean 'signal'?)"),
        Case(
            "local client <close> = modem.mqtt:client{ id = 'a' }\nclient:publsh('a', 'b')",
            "t.lua:2: client has no 'publsh' (did you mean 'publish'?)"
        ),
        Case(
            "local c = modem.certs\nc:instal{ name = 'a' }",
            "t.lua:2: modem.certs has no 'instal' (did you mean 'install'?)"
        ),
        Case(
            "local mqtt = modem.mqtt\nprint(mqtt:stat())",
            "t.lua:2: modem.mqtt has no 'stat' (did you mean 'state'?)"
        ),
        Case("local s = modem:signal()\nprint(s.rssi)", "t.lua:2: a Signal has no 'rssi' (did you mean 'rssi_dbm'?)"),
        Case("print(modem:signal().brr)", "t.lua:1: a Signal has no 'brr' (did you mean 'ber'?)"),
        Case(
            "modem:on('+X', function(urc) print(urc.lin) end)",
            "t.lua:1: a LineHit has no 'lin' (did you mean 'line'?)"
        ),
        Case(
            "for urc in modem:urcs('+X') do print(urc.lin) end",
            "t.lua:1: a LineHit has no 'lin' (did you mean 'line'?)"
        ),
        Case(
            "for _, c in ipairs(modem.tls:context(0):apply{ sni = true }) do print(c.txt) end",
            "t.lua:1: a TLSChange has no 'txt' (did you mean 'text'?)"
        ),
        Case(
            "task.scope(function(s)\n  local t = s:spawn(function() end)\n  t:jion()\nend)",
            "t.lua:3: a Task has no 'jion' (did you mean 'join'?)"
        ),
        Case("local r, err = modem:try('AT')\nprint(err.knd)", "t.lua:2: an Error has no 'knd' (did you mean 'kind'?)"),
        Case("local j = require 'json'\nj.encod({})", "t.lua:2: json has no 'encod' (did you mean 'encode'?)"),
        Case("modem.at('AT')", "t.lua:1: modem.at is called without its object (write modem:at(…) with a colon)"),
        Case(
            "modem.signal()",
            "t.lua:1: modem.signal is called without its object (write modem:signal() with a colon)"
        ),
        Case("modem:open{ port = 'sim' }", "t.lua:1: modem.open takes no object (write modem.open with a dot)"),
        Case("json:encode({})", "t.lua:1: json:encode is no method (write json.encode(…) with a dot)"),
        Case("modem.foo = 1", "t.lua:1: modem has no 'foo' (`moonwire doc Modem` lists what there is)"),
    ]

    static let arguments = [
        Case(
            "modem:at('AT', { timout = 3 })",
            "t.lua:1: modem:at has no option 'timout' (did you mean 'timeout'?)"
        ),
        Case(
            "modem.mqtt:client{ id = 'a', will = { topic = 'a', payload = 'b', retain = true } }",
            "t.lua:1: modem.mqtt:client has no option 'retain' (there are: topic, payload, qos)"
        ),
        Case(
            "modem.mqtt:client{ index = 2, id = 'a' }",
            "t.lua:1: option 'index' of modem.mqtt:client: 2 is not in 0…1 (`moonwire doc modem.mqtt:client` says more)"
        ),
        Case(
            "modem.mqtt:client{ index = 0 }",
            "t.lua:1: modem.mqtt:client is called without option 'id' (`moonwire doc modem.mqtt:client` says more)"
        ),
        Case(
            "local port = 70000\nlocal c = modem.mqtt:client{ id = 'a' }\nc:connect{ host = 'x', port = port }",
            "t.lua:3: option 'port' of client:connect: 70000 is not in 1…65535 (`moonwire doc client:connect` says more)"
        ),
        Case(
            "modem:at('AT', { timeout = 90000 })",
            "t.lua:1: option 'timeout' of modem:at: 90000 is more than a day (timeouts are in seconds)"
        ),
        Case(
            "time.sleep('5 minutes')",
            "t.lua:1: argument #1 of time.sleep: '5 minutes' is no time span (write seconds, or \"1500ms\" \"2s\" \"1m\" \"2h\")"
        ),
        Case(
            "time.sleep(-1)",
            "t.lua:1: argument #1 of time.sleep: a time span cannot be -1 s (`moonwire doc time.sleep` says more)"
        ),
        Case(
            "time.sleep()",
            "t.lua:1: time.sleep is called without argument #1, span (`moonwire doc time.sleep` says more)"
        ),
        Case(
            "modem:at(5)",
            "t.lua:1: argument #1 of modem:at is a number, string|secret expected (`moonwire doc modem:at` says more)"
        ),
        Case(
            "step('x', 'y')",
            "t.lua:1: argument #2 of step is a string, fun(s: TaskScope?): ... expected (`moonwire doc step` says more)"
        ),
        Case(
            "modem.tls:context(0):apply{ verify = 'mutul' }",
            "t.lua:1: option 'verify' of ctx:apply: 'mutul' is none of 'none', 'server', 'mutual', 'client' (did you mean 'mutual'?)"
        ),
        Case(
            "modem.tls:context(0):apply{ negotiate_timeout = '5s' }",
            "t.lua:1: option 'negotiate_timeout' of ctx:apply: '5s' is not in 10…300 (`moonwire doc ctx:apply` says more)"
        ),
        Case(
            "modem:at('AT+BAD=1')",
            "t.lua:1: argument #1 of modem:at: AT+BAD is bad with 0 bytes (check = false sends it as it is)"
        ),
        Case(
            "modem:at('AT+BAD=1', { data = 'abc', timeout = 3 })",
            "t.lua:1: argument #1 of modem:at: AT+BAD is bad with 3 bytes (check = false sends it as it is)"
        ),
        Case(
            "moonwire.require(2)",
            "t.lua:1: the script wants version 2 of the script interface, this is 1 (use the program's matching version, or look up what has changed)"
        ),
    ]

    @Test(arguments: syntax + globals + names + arguments)
    func aMistakeIsOneLine(_ row: Case) {
        #expect(CheckedScript.lines(row.source) == row.lines)
    }

    @Test func `problems stand in the order of lines, with their kinds`() {
        let problems = CheckedScript.problems(
            "modem:sgnal()\nx = 1\nmodem:at('AT', { timout = 1 })\nrequire 'no.such'\ntime.sleep()"
        )
        #expect(problems.map(\.line) == [1, 2, 3, 4, 5])
        #expect(problems.map(\.kind) == [.name, .global, .option, .require, .argument])
    }
}
