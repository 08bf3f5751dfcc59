import A7600
import Glibc
import LuaRuntime
import ModemScripting
import ModemSession
import ModemSimulator
import ModemTransports
import Synchronization

/// What has no counterpart in C: `lua-rows FILE COUNT`. FILE is the script whose first byte is timed.
///
/// Prints `boot,bytes`, `parked,bytes`, and COUNT times `first-byte,us` and `interrupt,us`.
struct LuaRows {
    private let script: [UInt8]
    private let count: Int

    init(_ arguments: ArraySlice<String>) throws {
        let arguments = Array(arguments)
        guard arguments.count == 2, let count = Int(arguments[1]) else { throw BenchFailure("lua-rows FILE COUNT") }
        script = try contents(of: arguments[0])
        self.count = count
    }

    func run() async throws {
        print("parked,\(try await parked())")
        for _ in 0..<count {
            print("interrupt,\(Double(try await interrupt()) / 1000)")
        }
        try await onModem()
    }

    /// What 1000 waiting tasks hold, in Lua and in Swift.
    private func parked() async throws -> Int64 {
        let source = """
            local before = resident()
            local held
            task.scope(function(s)
              for i = 1, 1000 do s:spawn(function() time.sleep("1h") end) end
              time.sleep(0.2)
              held = resident() - before
            end)
            return held
            """
        let resident = LuaFunction.synchronous("resident", LuaDocumentation("Resident bytes of this process.")) {
            $0.push(integer: Int64(residentMemory()))
        }
        let outcome = await vm(source, [resident]) { $0.limits.tasks = 1100 }.run()
        guard case .finished(let values) = outcome.ending, let held = values.first?.integer else {
            throw BenchFailure("\(outcome.ending)")
        }
        return held
    }

    /// From the interrupt to the first error it raises in a loop that only computes, in ns.
    private func interrupt() async throws -> UInt64 {
        let (loops, loop) = AsyncStream.makeStream(of: Void.self)
        let raised = Mutex<UInt64>(0)
        let functions = [
            LuaFunction.synchronous("looping", LuaDocumentation("The loop begins.")) { _ in loop.finish() },
            LuaFunction.synchronous("raised", LuaDocumentation("The error came.")) { _ in
                raised.withLock { $0 = monotonic() }
            },
        ]
        let vm = vm("pcall(function() looping() while true do end end) raised()", functions)
        async let outcome = vm.run()
        for await _ in loops {}
        let start = monotonic()
        vm.interrupt(.cancel)
        _ = await outcome
        let end = raised.withLock { $0 }
        guard end > start else { throw BenchFailure("the loop was not interrupted") }
        return end - start
    }

    private func vm(
        _ source: String,
        _ functions: [LuaFunction],
        _ configure: (inout LuaProgram) -> Void = { _ in }
    ) -> LuaVM {
        var program = LuaProgram(source: Array(source.utf8), name: "bench.lua", output: NoOutput())
        program.modules = [LuaModule("bench", "For the measurement.", placement: .globals, functions: functions)]
        configure(&program)
        return LuaVM(program)
    }

    /// With a session that is open and has spoken to its module.
    private func onModem() async throws {
        let line = InProcessLine(name: "sim")
        let firstByte = Mutex<UInt64>(0)
        let module = try SimulatedModule(
            configuration: ModuleConfiguration(),
            uplink: { InMemoryNetwork(deliver: $0) },
            executor: line.executor.serialExecutor,
            outlets: SimulatedModule.Outlets(transmit: { line.send($0) })
        )
        line.onReceive { bytes, _ in
            firstByte.withLock { if $0 == 0 { $0 = monotonic() } }
            module.assumeIsolated { $0.receive(bytes) }
        }
        await module.start()
        try await withSession(on: line, configuration: Profile.a7600.engineConfiguration()) { session in
            _ = try await session.send(try Catalogue.command(line: "AT"))
            print("boot,\(await scripted([], session).usage.memory)")
            for _ in 0..<count {
                firstByte.withLock { $0 = 0 }
                let start = monotonic()
                let outcome = await scripted(script, session)
                guard case .finished = outcome.ending else { throw BenchFailure("\(outcome.ending)") }
                print("first-byte,\(Double(firstByte.withLock { $0 } - start) / 1000)")
            }
        }
        await module.shutdown()
    }

    private func scripted(_ source: [UInt8], _ session: ModemSession) async -> LuaOutcome {
        let modem = OpenedModem(session: session, profile: .a7600, port: "sim")
        let host = ScriptHost(ScriptHost.Setup(modem: modem, reporter: NoReporter()))
        var program = LuaProgram(source: source, name: "bench.lua", output: NoOutput())
        program.modules = host.modules
        program.onClosing = { host.closing() }
        let outcome = await LuaVM(program).run()
        await host.finish()
        return outcome
    }
}

/// What the whole process has resident, in bytes.
private func residentMemory() -> Int {
    let fields = (try? contents(of: "/proc/self/statm")).map {
        String(decoding: $0, as: UTF8.self).split(separator: " ")
    }
    guard let fields, fields.count > 1, let pages = Int(fields[1]) else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
}

struct NoReporter: RunReporter {
    func report(_ event: RunEvent) {}
}
