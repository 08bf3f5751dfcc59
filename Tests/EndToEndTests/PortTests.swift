import Glibc
import Subprocess
import Testing

/// Ports as an operator meets them: taken, killed, remote, pulled out.
@Suite struct PortTests {
    /// Runs `body` beside a module on a terminal that `link` leads to.
    private func withModule<Result: Sendable>(
        _ link: String,
        _ options: [String] = [],
        in folder: TemporaryFolder,
        _ body: (RunningProgram) async throws -> Result
    ) async throws -> Result {
        try await Moonwire.whileRunning(["sim", "--pty", link] + options, in: folder) { program in
            _ = try await program.line(containing: link)
            let result = try await body(program)
            program.send(SIGINT)
            return result
        }.result
    }

    @Test func `the second program on a port gets 5 and the name of the first, until that one is killed`() async throws
    {
        try await TemporaryFolder.with { folder in
            let link = folder.path + "/modem0"
            let script = try folder.file("t.lua", "modem:at('AT') print('holding') time.sleep('1h')")
            try await withModule(link, in: folder) { _ in
                let (second, _) = try await Moonwire.whileRunning(["run", "-p", link, script], in: folder) { holder in
                    _ = try await holder.line(containing: "holding")
                    let second = try await Moonwire.run(["at", "-p", link, "AT"], in: folder)
                    #expect(second.errors.contains("(pid \(holder.processID))"), "\(second.errors)")
                    holder.send(SIGKILL)
                    return second
                }
                #expect(second.status == 5)
                #expect(second.errors.contains("moonwire"))
                // Its lock file is still there; nobody is behind it.
                let third = try await Moonwire.run(["at", "-p", link, "AT"], in: folder)
                #expect(third.status == 0, "\(third.errors)")
            }
        }
    }

    @Test(.enabled(if: SerialServer.isInstalled))
    func `a script passes over RFC 2217, ser2net, a terminal and the simulated module`() async throws {
        try await TemporaryFolder.with { folder in
            let link = folder.path + "/modem0"
            let run = try await withModule(link, in: folder) { _ in
                try await SerialServer.serving(device: link, in: folder) { server in
                    try await Moonwire.run(
                        ["run", "-p", server.address, Project.example("mqtt-plain.lua")],
                        in: folder
                    )
                }
            }
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(run.output.contains("PASS mqtt-plain.lua"))
        }
    }

    @Test(.enabled(if: SerialServer.isInstalled))
    func `the provisioning example passes over the same way`() async throws {
        try await TemporaryFolder.with { folder in
            let link = folder.path + "/modem0"
            let certificates = folder.path + "/cache/moonwire/broker"
            let run = try await withModule(link, in: folder) { _ in
                try await SerialServer.serving(device: link, in: folder) { server in
                    try await Moonwire.run(
                        ["run", "-p", server.address, "--params", Project.folder + "/examples/data/unit-001.json"]
                            + ["--set", "certs=\(certificates)", "--allow-read", certificates]
                            + [Project.example("provision-unit.lua")],
                        in: folder
                    )
                }
            }
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(run.output.contains("PASS provision-unit.lua"))
        }
    }

    @Test(.enabled(if: SerialServer.isInstalled))
    func `a device that ser2net cannot open is 4, in its words`() async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await SerialServer.serving(device: folder.path + "/nothing", in: folder) { server in
                try await Moonwire.run(["at", "-p", server.address, "AT"], in: folder)
            }
            #expect(outcome.status == 4)
            #expect(outcome.errors.contains("the server says: "), "\(outcome.errors)")
        }
    }

    private static let waiting = """
        modem:on_reopen(function(event) print("reopened " .. event.opening) end)
        local waiter <close> = modem:expect("+NEVER")
        modem:at("AT")
        print("waiting")
        local ok, failure = pcall(waiter.wait, waiter, "1h")
        print("told " .. failure.kind)
        modem:at("AT+CSQ")
        print("goes on")
        """

    @Test func `a terminal that socat takes away and brings back goes on where it was`() async throws {
        try await TemporaryFolder.with { folder in
            let (inner, outer) = (folder.path + "/modem0", folder.path + "/cable")
            let script = try folder.file("t.lua", Self.waiting)
            let outcome = try await withModule(inner, in: folder) { _ in
                try await Cable.laid(from: inner, to: outer) { first in
                    try await Moonwire.whileRunning(["run", "-p", outer, script], in: folder) { run in
                        _ = try await run.line(containing: "waiting")
                        kill(first, SIGTERM)
                        _ = try await run.line(containing: "told lost")
                        try await Cable.laid(from: inner, to: outer) { _ in
                            _ = try await run.line(containing: "goes on")
                        }
                    }.outcome
                }
            }
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("reopened 2"))
            #expect(outcome.errors.contains("warning: the port is gone; waiting for it"), "\(outcome.errors)")
            #expect(outcome.errors.contains("info: \(outer) is open again"), "\(outcome.errors)")
        }
    }

    @Test func `a module that does not answer is missed aloud, by run and by at`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("t.lua", "print(pcall(modem.at, modem, 'AT', { timeout = '4s' }))")
            let run = try await Moonwire.run(["run", "-p", "sim", "--fault", "mute", script], in: folder)
            #expect(run.errors.contains("info: no answer yet; the module may be starting"), "\(run.errors)")
            let asked = ["at", "-p", "sim", "--fault", "mute", "--timeout", "4s", "AT"]
            let at = try await Moonwire.run(asked, in: folder)
            #expect(at.errors.contains("no answer yet; the module may be starting"), "\(at.errors)")
            let quiet = try await Moonwire.run(asked + ["--quiet"], in: folder)
            #expect(!quiet.errors.contains("no answer yet"), "\(quiet.errors)")
        }
    }

    @Test func `a module that starts while the port is opened is waited for, and a later start is told`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file(
                "t.lua",
                "modem:at('AT+CSQ') print('there') modem.sim:fault('reboot') modem:expect('*ATREADY'):wait('5s')"
            )
            let run = try await Moonwire.run(["run", "-p", "sim:boot=cold", script], in: folder)
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(run.errors.contains("warning: the module has restarted by itself"), "\(run.errors)")
            #expect(run.errors.split(separator: "\n").count { $0.contains("restarted") } == 1, "\(run.errors)")
        }
    }

    @Test func `another module on the reopened port ends the run with 4`() async throws {
        try await TemporaryFolder.with { folder in
            let link = folder.path + "/modem0"
            let script = try folder.file("t.lua", "modem:at('AT') print('waiting') time.sleep('1h')")
            let (first, second) = (["--imei", "867584030000018"], ["--imei", "867584030000026"])
            let outcome = try await withModule(link, first, in: folder) { module in
                try await Moonwire.whileRunning(["run", "-p", link, script], in: folder) { run in
                    _ = try await run.line(containing: "waiting")
                    module.send(SIGKILL)
                    try await withModule(link, second, in: folder) { _ in
                        _ = try await run.rest()
                    }
                }.outcome
            }
            #expect(outcome.status == 4, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.errors.contains("another module"))
        }
    }

    @Test(arguments: [["--fault", "mute@AT"], ["--broker-port", "40213"], ["--seed", "7"]])
    func `an option of the simulated module is refused for a real port`(_ option: [String]) async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await Moonwire.run(["at", "-p", folder.path + "/modem0"] + option + ["AT"], in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("\(option[0]) is for the simulated module"), "\(outcome.errors)")
        }
    }

    @Test func `scan of a machine without modems is 4 and says what to do`() async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await Moonwire.run(["scan"], in: folder)
            #expect(outcome.status == 4)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains("--port sim"))
        }
    }
}

/// A terminal whose other end is another terminal, made by socat.
private enum Cable {
    static func laid<Result: Sendable>(
        from inner: String,
        to outer: String,
        _ body: (pid_t) async throws -> Result
    ) async throws -> Result {
        try await Subprocess.run(
            .name("socat"),
            arguments: ["-d", "-d", "PTY,link=\(outer),raw,echo=0", "OPEN:\(inner),raw,echo=0"],
            input: .none,
            output: .discarded,
            error: .sequence
        ) { execution in
            let pid = execution.processIdentifier.value
            do {
                for try await line in execution.standardError.strings() {
                    if line.contains("starting data transfer loop") { break }
                }
                let result = try await body(pid)
                kill(pid, SIGTERM)
                return result
            } catch {
                kill(pid, SIGTERM)
                throw error
            }
        }.closureResult
    }
}
