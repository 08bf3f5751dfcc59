import Glibc
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
