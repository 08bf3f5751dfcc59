import Glibc
import Subprocess
import Testing

/// What the operator's Ctrl-C leaves behind: nothing.
@Suite struct InterruptTests {
    private static let script = """
        local guard <close> = setmetatable({}, { __close = function() print("closed") end })
        defer(function() modem:at("AT") print("deferred") end)
        print("waiting")
        time.sleep("1h")
        """

    static let signals: [(Int32, Int32)] = [(SIGINT, 130), (SIGTERM, 143)]

    @Test(arguments: signals)
    func `a signal during a wait runs defer and close, ends the broker, and gives its status`(
        _ signal: Int32,
        _ status: Int32
    ) async throws {
        try await TemporaryFolder.with { folder in
            let port = FreePort.choose()
            let script = try folder.file("t.lua", Self.script)
            let (_, outcome) = try await Moonwire.whileRunning(
                ["run", "--broker-port", "\(port)", script],
                in: folder
            ) { program in
                _ = try await program.line(containing: "waiting")
                program.send(signal)
            }
            #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("closed"))
            #expect(outcome.output.contains("deferred"))
            #expect(try await !Self.somebodyListens(port))
        }
    }

    @Test func `SIGQUIT shows what every task does, and the run goes on`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file(
                "t.lua",
                """
                task.scope(function(s)
                  s:spawn(function() time.sleep("1h") end, { name = "rssi" })
                  time.sleep(0.01)
                  print("waiting")
                  time.sleep(1)
                end)
                """
            )
            let (_, outcome) = try await Moonwire.whileRunning(["run", script], in: folder) { program in
                _ = try await program.line(containing: "waiting")
                program.send(SIGQUIT)
            }
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("in task \"main\": waiting in sleep for"), "\(outcome.errors)")
            let child = "in task \"rssi\", spawned at t.lua:2 by task \"main\": waiting in sleep for"
            #expect(outcome.errors.contains(child), "\(outcome.errors)")
            #expect(outcome.errors.contains("t.lua:5:"), "\(outcome.errors)")
        }
    }

    @Test func `a broker does not outlive a killed run`() async throws {
        try await TemporaryFolder.with { folder in
            let port = FreePort.choose()
            let script = try folder.file("t.lua", Self.script)
            _ = try await Moonwire.whileRunning(["run", "--broker-port", "\(port)", script], in: folder) { program in
                _ = try await program.line(containing: "waiting")
                program.send(SIGKILL)
            }
            try await Self.nobodyListens(port)
        }
    }

    private static func somebodyListens(_ port: Int) async throws -> Bool {
        let result = try await Subprocess.run(
            .name("mosquitto_pub"),
            arguments: ["-p", "\(port)", "-t", "t", "-n"],
            output: .discarded
        )
        return result.terminationStatus.isSuccess
    }

    /// The guardian needs a moment after SIGKILL: asks until the port is free, each question a connection of its own.
    private static func nobodyListens(_ port: Int) async throws {
        for _ in 0..<500 {
            if try await !somebodyListens(port) { return }
        }
        Issue.record("the broker on port \(port) is still there")
    }
}
