import LuaRuntime
import ModemScripting
import ModemSimulator
import Synchronization
import Testing

/// What outlives the program when a certificate is on its way.
@Suite struct FileTransferTests {
    private final class MemoryJournal: TransferJournal {
        private let files: Mutex<Set<String>>
        let record = Recording<String>()

        init(_ files: Set<String> = []) { self.files = Mutex(files) }

        var unfinished: Set<String> { files.withLock { $0 } }

        func isUnfinished(_ file: String, to imei: String) -> Bool { files.withLock { $0.contains("\(imei)/\(file)") } }

        func begin(_ file: String, to imei: String) throws {
            record.append(["begin"])
            files.withLock { _ = $0.insert("\(imei)/\(file)") }
        }

        func end(_ file: String, to imei: String) throws {
            record.append(["end"])
            files.withLock { _ = $0.remove("\(imei)/\(file)") }
        }
    }

    private struct FullDisk: Error, CustomStringConvertible { var description: String { "no space" } }

    private final class BrokenJournal: TransferJournal {
        func isUnfinished(_ file: String, to imei: String) -> Bool { false }
        func begin(_ file: String, to imei: String) throws { throw FullDisk() }
        func end(_ file: String, to imei: String) throws {}
    }

    private static let install = """
        local ca = modem.certs:install { name = "auto", prefix = "ca", file = "ca.pem" }
        print(ca.name, ca.skipped)
        ca = modem.certs:install { name = "auto", prefix = "ca", file = "ca.pem" }
        print(ca.name, ca.skipped)
        """

    @Test func aTransferIsNotedUntilItHasEnded() async throws {
        try await ExampleFolder.with { folder in
            let journal = MemoryJournal()
            var bench = ScriptBench()
            bench.folder = folder.path
            bench.transfers = journal
            let result = try await bench.run(Self.install)
            #expect(result.report.failure == nil)
            #expect(result.output.split(separator: "\n").map { $0.hasSuffix("true") } == [false, true])
            #expect(journal.record.all == ["begin", "end"])
            #expect(journal.unfinished.isEmpty)
        }
    }

    /// The name is listed, and its content is what had passed when the host was killed.
    @Test func aFileWhoseTransferWasCutIsSentAgain() async throws {
        try await ExampleFolder.with { folder in
            var bench = ScriptBench()
            bench.folder = folder.path
            let name = try await bench.run(Self.install).output.prefix { $0 != "\t" }
            let journal = MemoryJournal(["867584030000018/\(name)"])
            bench.configuration.certificates = [.init(name: Array(name.utf8), content: Array("-----BEGIN".utf8))]
            bench.transfers = journal
            let result = try await bench.run(Self.install)
            #expect(result.report.failure == nil)
            #expect(result.output == "\(name)\tfalse\n\(name)\ttrue\n")
            #expect(journal.unfinished.isEmpty)

            bench.transfers = MemoryJournal()
            let trusting = try await bench.run(Self.install)
            #expect(trusting.output == "\(name)\ttrue\n\(name)\ttrue\n")
        }
    }

    /// A refused transfer stays noted: what the module holds is not known.
    @Test func aFailedTransferStaysNoted() async throws {
        try await ExampleFolder.with { folder in
            let journal = MemoryJournal()
            var bench = ScriptBench()
            bench.folder = folder.path
            bench.transfers = journal
            let result = try await bench.run(#"modem.sim:fault "error@AT+CCERTDOWN"; "# + Self.install)
            #expect(result.report.failure?.kind == .error)
            #expect(journal.unfinished.count == 1)
        }
    }

    @Test func whatCannotBeNotedIsNotSent() async throws {
        try await ExampleFolder.with { folder in
            var bench = ScriptBench()
            bench.folder = folder.path
            bench.transfers = BrokenJournal()
            let result = try await bench.run(Self.install)
            #expect(result.report.failure?.kind == .check)
            #expect(result.report.failure?.message.contains("no space") == true)
            #expect(!result.lines.contains { $0.contains("CCERTDOWN") })
        }
    }
}
