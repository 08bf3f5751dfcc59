import Testing

/// How a run ends, as a shell sees it.
@Suite struct ExitStatusTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var script: String
        var arguments: [String] = []
        var status: Int32
        /// What standard output and standard error together must say.
        var says: [String]
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "a script that ends well passes", script: "print('fine')", status: 0, says: ["fine", "PASS t.lua"]),
        Case(
            name: "a Lua error is 3, with file, line and traceback",
            script: "local function f()\n  local t = nil\n  return t.x\nend\nf()\n",
            status: 3,
            says: ["t.lua:3:", "attempt to index", "stack traceback:", "t.lua:5:", "ERROR t.lua"]
        ),
        Case(
            name: "a check that fails is 1",
            script: "check(false, 'no good')",
            status: 1,
            says: ["t.lua:1:", "no good", "FAIL t.lua"]
        ),
        Case(
            name: "a limit that is missed is 1",
            script: "step('s', function() measure('m', 3, { max = 2 }) end)",
            status: 1,
            says: ["m 3", "FAIL t.lua"]
        ),
        Case(
            name: "a modem command that fails is 1",
            script: "modem:at('AT+NOSUCH')",
            status: 1,
            says: ["AT+NOSUCH", "t.lua:1:"]
        ),
        Case(
            name: "an undeclared global is 3",
            script: "x = 1",
            status: 3,
            says: ["t.lua:1:", "undeclared global 'x'"]
        ),
        Case(
            name: "an unknown option is 3 and suggests the right one",
            script: "modem:at('AT', { timout = 1 })",
            status: 3,
            says: ["t.lua:1:", "timout", "did you mean 'timeout'?"]
        ),
        Case(
            name: "a wrong argument is 3 and says which",
            script: "\nmodem:at(nil)",
            status: 3,
            says: ["error: t.lua:2: bad argument #1 to 'at' (string expected, got nil)\n"]
        ),
        Case(
            name: "an undeclared global is one line",
            script: "print(nmae)",
            status: 3,
            says: ["error: t.lua:1: undeclared global 'nmae' (write \"local nmae\")\n"]
        ),
        Case(
            name: "a wait inside of table.sort is 3 and says why it cannot be",
            script: "table.sort({ 3, 2, 1 }, function(a, b) modem:at('AT') return a < b end)",
            status: 3,
            says: ["error: t.lua:1: cannot wait here (inside a table.sort or string.gsub callback, or __tostring)"]
        ),
        Case(
            name: "a misspelt method is 3 and suggests the right one",
            script: "modem:singal()",
            status: 3,
            says: ["error: t.lua:1: ", "no 'singal' (did you mean 'signal'?)\n"]
        ),
        Case(
            name: "text that is no Lua is 2",
            script: "print('a'\nlocal",
            status: 2,
            says: ["t.lua:2:"]
        ),
        Case(
            name: "a command that is never answered is 6",
            script: "modem:at('AT+CSQ', { timeout = 0.3 })",
            arguments: ["--fault", "mute@AT+CSQ"],
            status: 6,
            says: ["AT+CSQ", "TIMEOUT t.lua"]
        ),
        Case(
            name: "the run's own limit is 6",
            script: "time.sleep(60)",
            arguments: ["--timeout", "300ms"],
            status: 6,
            says: ["TIMEOUT t.lua"]
        ),
        Case(
            name: "an endless loop ends at the limit",
            script: "while true do end",
            arguments: ["--timeout", "300ms"],
            status: 6,
            says: ["TIMEOUT t.lua"]
        ),
        Case(
            name: "a port that is not there is 4",
            script: "",
            arguments: ["-p", "/dev/ttyNOSUCH7"],
            status: 4,
            says: ["/dev/ttyNOSUCH7"]
        ),
        Case(
            name: "a fault for a real port is 2",
            script: "",
            arguments: ["-p", "/dev/ttyNOSUCH7", "--fault", "mute"],
            status: 2,
            says: ["--fault", "/dev/ttyNOSUCH7"]
        ),
        Case(
            name: "an address that cannot be read is 2",
            script: "",
            arguments: ["-p", "tcp://nowhere"],
            status: 2,
            says: ["tcp://nowhere"]
        ),
        Case(
            name: "an unknown fault is 2 and lists the known ones",
            script: "",
            arguments: ["--fault", "nosuch"],
            status: 2,
            says: ["nosuch", "mute"]
        ),
    ]

    @Test(arguments: cases)
    func status(_ row: Case) async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("t.lua", row.script)
            let outcome = try await Moonwire.run(["run"] + row.arguments + [script], in: folder)
            let said = outcome.output + outcome.errors
            #expect(outcome.status == row.status, "\(said)")
            for text in row.says {
                #expect(said.contains(text), "\(said)")
            }
        }
    }

    @Test func `a script that is not there is 2, with its path`() async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await Moonwire.run(["run", "/nowhere/at/all.lua"], in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("/nowhere/at/all.lua"))
            #expect(outcome.output.isEmpty)
        }
    }

    @Test func `an unknown flag is 2 and shows the usage`() async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await Moonwire.run(["run", "--nosuch", "x.lua"], in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("--nosuch"))
        }
    }

    @Test func `results go to standard output and talk to standard error`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("t.lua", "print('result') log.info('talk')")
            let outcome = try await Moonwire.run(["run", script], in: folder)
            #expect(outcome.output.contains("result"))
            #expect(!outcome.output.contains("talk"))
            #expect(outcome.errors.contains("talk"))
            #expect(outcome.errors.contains("no modem given or found: using the simulated A7600"))
        }
    }
}
