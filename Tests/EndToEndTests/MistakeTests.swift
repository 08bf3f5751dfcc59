import Testing

/// The mistakes people make in scripts: one line says where and what to do, and the status is 3.
@Suite struct MistakeTests {
    static let mistakes: [(String, String)] = [
        ("modem:at(42)", "bad argument #1 to 'at' (string expected, got number)"),
        (
            #"modem:at("AT", { timout = 5 })"#,
            "bad argument #2 to 'at' (unknown option 'timout' (did you mean 'timeout'?))"
        ),
        (
            #"local c <close> = modem.mqtt:client { id = "x", indx = 1 }"#,
            "bad argument #1 to 'client' (unknown option 'indx' (did you mean 'index'?))"
        ),
        ("rssi = 5", #"undeclared global 'rssi' (write "local rssi")"#),
        ("print(rssi)", #"undeclared global 'rssi' (write "local rssi")"#),
        (
            #"table.sort({ 3, 2, 1 }, function(a, b) modem:at("AT") return a < b end)"#,
            "cannot wait here (inside a table.sort or string.gsub callback, or __tostring); 'at' waits: call it outside"
        ),
        (#"modem.at("AT")"#, "calling 'at' on a bad receiver (write object:at, with a colon)"),
        ("modem:sginal()", "Modem has no 'sginal' (did you mean 'signal'?)"),
        (
            #"time.sleep("5 minutes")"#,
            #"bad argument #1 to 'sleep' ('5 minutes' is no time span; write seconds, or "1500ms" "2s" "1m" "2h")"#
        ),
        (#"io.open("/etc/passwd")"#, "--allow-read"),
        ("local t = {} t.x.y = 1", "attempt to index a nil value (field 'x')"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told in one line with its place`(_ script: String, _ message: String) async throws {
        try await TemporaryFolder.with { folder in
            let path = try folder.file("t.lua", "local before = 1\n\(script)\n")
            let outcome = try await Moonwire.run(["run", path], in: folder)
            #expect(outcome.status == 3, "\(outcome.output)\(outcome.errors)")
            let told = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }
            #expect(told.count == 1, "\(outcome.errors)")
            #expect(told.first?.hasPrefix("error: t.lua:2: ") ?? false, "\(outcome.errors)")
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
        }
    }

    static let limits: [(option: [String], script: String, status: Int32, says: String)] = [
        (["--timeout", "200ms"], "time.sleep(60)", 6, "TIMEOUT"),
        (["--burst", "100ms"], "while true do end", 6, "TIMEOUT"),
        (["--memory", "2M"], "local t = {} for i = 1, 1e7 do t[i] = { i } end", 3, "out of memory"),
        (["--memory", "2M"], "print(#('x'):rep(9 << 20))", 3, "resulting string too large"),
        (
            ["--tasks", "3"], "task.scope(function(s) for i = 1, 9 do s:spawn(function() time.sleep(60) end) end end)",
            3,
            "too many tasks (3)"
        ),
        (["--output", "1K"], "for i = 1, 100 do print(('x'):rep(99)) end", 3, "output limit"),
    ]

    @Test(arguments: limits)
    func `each limit has an option that moves it`(
        _ option: [String],
        _ script: String,
        _ status: Int32,
        _ says: String
    ) async throws {
        try await TemporaryFolder.with { folder in
            let path = try folder.file("t.lua", script)
            let outcome = try await Moonwire.run(["run"] + option + [path], in: folder)
            #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
            #expect((outcome.output + outcome.errors).contains(says), "\(outcome.output)\(outcome.errors)")
        }
    }
}
