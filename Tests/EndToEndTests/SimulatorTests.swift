import Glibc
import Subprocess
import Testing

/// `moonwire sim` as other programs meet it.
@Suite struct SimulatorTests {
    @Test func `a script over the served pty does what it does in-process`() async throws {
        try await TemporaryFolder.with { folder in
            let link = folder.path + "/modem0"
            let (inner, outer) = try await Moonwire.whileRunning(["sim", "--pty", link], in: folder) { program in
                _ = try await program.line(containing: link)
                let run = try await Moonwire.run(["run", "-p", link, Project.example("mqtt-plain.lua")], in: folder)
                program.send(SIGINT)
                return run
            }
            #expect(inner.status == 0, "\(inner.output)\(inner.errors)")
            #expect(inner.output.contains("PASS mqtt-plain.lua"))
            #expect(outer.status == 0)
            #expect(access(link, F_OK) != 0, "the link is still there")
        }
    }

    @Test func `a script over the served TCP port passes`() async throws {
        try await TemporaryFolder.with { folder in
            let (inner, outer) = try await Moonwire.whileRunning(["sim", "--tcp", "127.0.0.1:0"], in: folder) {
                program in
                let line = try await program.line(containing: "tcp://")
                let address = line.split(separator: " ").first { $0.hasPrefix("tcp://") }.map { $0.dropLast() } ?? ""
                let run = try await Moonwire.run(
                    ["run", "-p", String(address), Project.example("at-raw.lua")],
                    in: folder
                )
                program.send(SIGTERM)
                return run
            }
            #expect(inner.status == 0, "\(inner.output)\(inner.errors)")
            #expect(outer.status == 0)
        }
    }

    /// pyserial, which knows nothing of moonwire.
    private static let python = """
        import serial, sys
        port = serial.Serial(sys.argv[1], 115200, timeout=5)
        port.write(b"AT\\r")
        assert port.read_until(b"OK\\r\\n") == b"AT\\r\\r\\nOK\\r\\n"
        port.write(b"ATE0;+CSQ\\r")
        answer = port.read_until(b"OK\\r\\n")
        assert b"+CSQ: " in answer, answer
        port.write(b"AT+CMQTTSTART\\r")
        assert port.read_until(b"+CMQTTSTART: 0\\r\\n") == b"\\r\\nOK\\r\\n\\r\\n+CMQTTSTART: 0\\r\\n"
        print("fine")
        """

    @Test func `a pyserial script talks to it`() async throws {
        try await TemporaryFolder.with { folder in
            let link = folder.path + "/modem0"
            let script = try folder.file("t.py", Self.python)
            let (result, _) = try await Moonwire.whileRunning(["sim", "--pty", link], in: folder) { program in
                _ = try await program.line(containing: link)
                let result = try await Subprocess.run(
                    .name("env"),
                    arguments: ["/usr/bin/python3", script, link],
                    output: .string(limit: 4096),
                    error: .string(limit: 4096)
                )
                program.send(SIGINT)
                return (result.standardOutput, result.standardError)
            }
            #expect(result.0 == "fine\n", "\(result.1)")
        }
    }

    @Test func `saved certificates survive kill -9`() async throws {
        try await TemporaryFolder.with { folder in
            let (link, state) = (folder.path + "/modem0", folder.path + "/state-of-module")
            let store = "modem:at('AT+CCERTDOWN=\"ca.pem\",5', { data = 'abcde' })"
            let list = "for _, name in ipairs(modem.certs:list()) do print(name) end"
            for (script, signal) in [(store, SIGKILL), (list, SIGINT)] {
                let script = try folder.file("t.lua", script)
                let (inner, _) = try await Moonwire.whileRunning(["sim", "--pty", link, "--state", state], in: folder) {
                    program in
                    _ = try await program.line(containing: link)
                    let run = try await Moonwire.run(["run", "-p", link, script], in: folder)
                    program.send(signal)
                    return run
                }
                #expect(inner.status == 0, "\(inner.errors)")
                if signal == SIGINT { #expect(inner.output.contains("ca.pem")) }
            }
        }
    }
}
