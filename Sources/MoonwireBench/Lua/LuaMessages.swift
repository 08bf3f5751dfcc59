import A7600
import LuaRuntime
import ModemScripting
import ModemSession
import ModemTransports
import Synchronization

/// Times received messages up to the first statement of a script's handler: `lua-messages PATH SAMPLES WARM-UP`.
///
/// The peer stamps the clock into the payload before it writes the last byte. Prints `W5,nanoseconds`.
struct LuaMessages {
    private static let script = """
        local count = 0
        modem:on("+CMQTTRX", function(urc)
          local now = clock()
          arrived(now, urc.message.payload)
          count = count + 1
        end)
        for number = 1, rounds() do
          modem:at("AT+BENCHMSG")
          while count < number do time.sleep(0.001) end
        end
        """

    private let path: String
    private let samples: Int
    private let warmUp: Int

    init(_ arguments: ArraySlice<String>) throws {
        let arguments = Array(arguments)
        guard arguments.count == 3, let samples = Int(arguments[1]), let warmUp = Int(arguments[2]) else {
            throw BenchFailure("lua-messages PATH SAMPLES WARM-UP")
        }
        path = arguments[0]
        self.samples = samples
        self.warmUp = warmUp
    }

    func run() async throws {
        let times = Times()
        let configuration = Profile.a7600.engineConfiguration()
        try await withSession(on: SerialTransport(bench: path), configuration: configuration) { session in
            let modem = OpenedModem(session: session, profile: .a7600, port: path)
            let host = ScriptHost(ScriptHost.Setup(modem: modem, reporter: NoReporter()))
            var program = LuaProgram(source: Array(Self.script.utf8), name: "messages.lua", output: NoOutput())
            program.modules = host.modules + [module(times)]
            program.onClosing = { host.closing() }
            let outcome = await LuaVM(program).run()
            await host.finish()
            guard case .finished = outcome.ending else { throw BenchFailure("\(outcome.ending)") }
        }
        for time in times.all.dropFirst(warmUp) { print("W5,\(time)") }
    }

    private func module(_ times: Times) -> LuaModule {
        let rounds = Int64(warmUp + samples)
        return LuaModule(
            "bench",
            "What the measurement calls.",
            placement: .globals,
            functions: [
                .synchronous("clock", LuaDocumentation("CLOCK_MONOTONIC in ns.")) { call in
                    call.push(integer: Int64(monotonic()))
                },
                .synchronous("rounds", LuaDocumentation("How many messages.")) { $0.push(integer: rounds) },
                .synchronous("arrived", LuaDocumentation("A message came.")) { call throws(LuaFailure) in
                    let now = try call.integer(0)
                    guard let stamp = Int64(String(decoding: try call.bytes(1), as: UTF8.self)) else { return }
                    times.add(now - stamp)
                },
            ]
        )
    }

    private final class Times: Sendable {
        private let values = Mutex<[Int64]>([])
        func add(_ value: Int64) { values.withLock { $0.append(value) } }
        var all: [Int64] { values.withLock { $0 } }
    }
}
