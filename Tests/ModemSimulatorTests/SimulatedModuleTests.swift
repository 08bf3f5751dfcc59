import Synchronization
import Testing

@testable import ModemSimulator

@Suite("A module on the real clock", .timeLimit(.minutes(5)))
struct SimulatedModuleTests {
    /// What a module has transmitted, for a reader that waits for a text.
    private final class Line: Sendable {
        private let stream: AsyncStream<[UInt8]>
        private let continuation: AsyncStream<[UInt8]>.Continuation

        init() { (stream, continuation) = AsyncStream.makeStream() }

        func append(_ bytes: [UInt8]) { continuation.yield(bytes) }

        /// Everything up to the first chunk after which the text ends with `ending`.
        func read(until ending: String) async -> String {
            var bytes: [UInt8] = []
            for await chunk in stream {
                bytes += chunk
                if bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8) { break }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private func module(_ line: Line, _ configuration: ModuleConfiguration = ModuleConfiguration()) throws
        -> SimulatedModule
    {
        try SimulatedModule(
            configuration: configuration,
            uplink: { InMemoryNetwork(deliver: $0) },
            outlets: SimulatedModule.Outlets(transmit: { line.append($0) })
        )
    }

    @Test("Publishes to itself over an uplink") func publishes() async throws {
        let line = Line()
        let module = try self.module(line)
        func send(_ text: String, until ending: String) async -> String {
            await module.receive(Array(text.utf8))
            return await line.read(until: ending)
        }
        _ = await send("ATE0\r", until: "OK\r\n")
        _ = await send("AT+CMQTTSTART\r", until: "+CMQTTSTART: 0\r\n")
        _ = await send("AT+CMQTTACCQ=0,\"unit\"\r", until: "OK\r\n")
        _ = await send("AT+CMQTTCONNECT=0,\"tcp://broker:1883\",60,1\r", until: "+CMQTTCONNECT: 0,0\r\n")
        _ = await send("AT+CMQTTSUB=0,1,1\r", until: ">")
        _ = await send("a", until: "+CMQTTSUB: 0,0\r\n")
        _ = await send("AT+CMQTTTOPIC=0,1\r", until: ">")
        _ = await send("a", until: "OK\r\n")
        let answer = await send("AT+CMQTTPUB=0,1,60\r", until: "+CMQTTRXEND: 0\r\n")
        #expect(
            answer
                == "\r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\n\r\n+CMQTTRXSTART: 0,1,0\r\n+CMQTTRXTOPIC: 0,1\r\na\r\n+CMQTTRXEND: 0\r\n"
        )
        await module.shutdown()
    }

    @Test("Boots by itself when it starts cold") func boots() async throws {
        let line = Line()
        let module = try self.module(line, ModuleConfiguration(start: .cold))
        await module.start()
        let boot = await line.read(until: "PB DONE\r\n")
        #expect(boot.hasPrefix("\r\n*ATREADY: 1\r\n\r\n+CPIN: READY\r\n"))
        await module.shutdown()
    }

    @Test("Says nothing after shutdown, and shuts down twice") func shutsDown() async throws {
        let line = Line()
        let module = try self.module(line)
        await module.receive(Array("AT\r".utf8))
        await module.shutdown()
        await module.receive(Array("AT\r".utf8))
        await module.shutdown()
        line.append(Array("end".utf8))
        #expect(await line.read(until: "end") == "AT\r\r\nOK\r\nend")
    }
}
