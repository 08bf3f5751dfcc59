import Testing

@testable import ModemScripting

@Suite struct LuaPatternTests {
    private func captures(_ pattern: String, _ subject: String) throws -> [String]? {
        try LuaPattern(Array(pattern.utf8)).match(Array(subject.utf8)).map { captures in
            captures.map { capture in
                switch capture {
                case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
                case .position(let position): "@\(position)"
                }
            }
        }
    }

    /// The expected values are those of `string.match` in Lua 5.4.
    @Test(arguments: [
        ("+CMQTTCONNECT: 0,(%d+)", "+CMQTTCONNECT: 0,34", ["34"]),
        ("(%d+),(%d+)$", "+CSQ: 23,0", ["23", "0"]),
        ("^%+C(%a+): ", "+CREG: 1", ["REG"]),
        ("%b()", "x(a(b)c)y", ["(a(b)c)"]),
        ("%f[%w]%w+", "  word", ["word"]),
        ("a.-b", "xaabb", ["aab"]),
        ("a.*b", "xaabb", ["aabb"]),
        ("()ll()", "hello", ["@3", "@5"]),
        ("[^,]*", ",a", [""]),
        ("[%a_][%w_]*", "1x_2", ["x_2"]),
        ("(.)%1", "abccd", ["c"]),
        ("[]]", "a]", ["]"]),
        ("[a-c]+", "xxabcabcd", ["abcabc"]),
        ("colou?r", "color", ["color"]),
        ("%%", "5%", ["%"]),
    ])
    func matchesAsLuaDoes(pattern: String, subject: String, expected: [String]) throws {
        #expect(try captures(pattern, subject) == expected)
    }

    @Test(arguments: [("^REG", "+CREG"), ("%d$", "12a"), ("a+b", "aaac"), ("[^%d]", "123")])
    func findsNothingWhereLuaFindsNothing(pattern: String, subject: String) throws {
        #expect(try captures(pattern, subject) == nil)
    }

    @Test(arguments: ["%", "[a", "(a", "a)", "%b(", "%fa"])
    func refusesWhatLuaRefuses(pattern: String) {
        #expect(throws: LuaPatternError.self) { try captures(pattern, "anything") }
    }

    @Test func givesUpOnAPatternThatTakesTooLong() throws {
        let subject = String(repeating: "a", count: 2000)
        #expect(try captures(".-.-.-.-b$", subject) == nil)
    }
}
