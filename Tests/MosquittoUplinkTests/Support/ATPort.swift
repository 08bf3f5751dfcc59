import ModemSimulator
import MosquittoUplink
import Testing

/// The AT port of a simulated module with a real network behind it, used as a terminal program would use it.
final class ATPort {
    private let module: SimulatedModule
    private var pieces: AsyncStream<[UInt8]>.AsyncIterator
    private var unread: [UInt8] = []

    private init(_ module: SimulatedModule, _ pieces: AsyncStream<[UInt8]>) {
        self.module = module
        self.pieces = pieces.makeAsyncIterator()
    }

    /// Runs the closure with a module whose echo is off.
    static func with<Result>(
        _ directory: HostDirectory,
        _ configuration: ModuleConfiguration = ModuleConfiguration(),
        _ body: (ATPort) async throws -> Result
    ) async throws -> Result {
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        let module = try SimulatedModule(
            configuration: configuration,
            uplink: MosquittoUplink.factory(directory: directory),
            outlets: SimulatedModule.Outlets(transmit: { continuation.yield($0) })
        )
        let port = ATPort(module, stream)
        do {
            await module.start()
            try await port.at("ATE0", "ATE0\r\r\nOK\r\n")
            let result = try await body(port)
            await module.shutdown()
            return result
        } catch {
            await module.shutdown()
            throw error
        }
    }

    func send(_ bytes: some Sequence<UInt8>) async { await module.receive(Array(bytes)) }

    /// Sends a line and reads as many bytes as the answer has; they must be the answer.
    func at(_ line: String, _ answer: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        await send(Array((line + "\r").utf8))
        try await expect(Array(answer.utf8), after: line, sourceLocation)
    }

    /// A command that is answered with `OK` alone.
    func ok(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await at(line, "\r\nOK\r\n", sourceLocation: sourceLocation)
    }

    /// Sends a line, and the data at the prompt.
    func input(
        _ line: String,
        _ data: some Collection<UInt8>,
        _ answer: String = "\r\nOK\r\n",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await at(line, "\r\n>", sourceLocation: sourceLocation)
        await send(data)
        try await expect(Array(answer.utf8), after: line, sourceLocation)
    }

    /// Reads until all of these have come, in any order and with anything between them.
    func read(until texts: [[UInt8]]) async throws {
        while !texts.allSatisfy({ unread.firstRange(of: $0) != nil }) { try await more() }
        unread = []
    }

    /// Sends a file to the module's store.
    func store(_ name: String, _ content: [UInt8]) async throws {
        try await input("AT+CCERTDOWN=\"\(name)\",\(content.count)", content)
    }

    private func expect(_ answer: [UInt8], after line: String, _ sourceLocation: SourceLocation) async throws {
        while unread.count < answer.count, answer.starts(with: unread) { try await more() }
        let got = unread.prefix(answer.count)
        #expect(
            got.elementsEqual(answer),
            "\(line): \(String(decoding: unread, as: UTF8.self).debugDescription)",
            sourceLocation: sourceLocation
        )
        unread.removeFirst(got.count)
    }

    private func more() async throws {
        unread += try #require(await pieces.next(isolation: #isolation))
    }
}
