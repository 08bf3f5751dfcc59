import A7600
import ATProtocol
import ModemSession
import ModemTransports
import Synchronization
import Testing

/// A USB module that goes and comes back under another name.
@Suite(.timeLimit(.minutes(1)))
struct HotplugTests {
    private static let imei = "867584030000018"

    private struct Bench {
        let tree: RecordedSysfs
        let pty: PtyModule
        let module: TerminalModule
        let serial: String

        func device(_ topology: String, first: Int) -> RecordedSysfs.Device {
            .a7600(topology, first: first, serial: serial)
        }

        /// The terminal is the AT port of this device from now on.
        func plug(_ topology: String, first: Int) async throws {
            try tree.add(device(topology, first: first))
            var terminal = try await pty.device()
            while terminal == nil { terminal = try await pty.device() }
            try tree.connect("ttyUSB\(first)", to: try #require(terminal))
        }
    }

    /// Runs `body` with a session on the port `ttyUSB0` of a module at 1-3.1, and a stream of what becomes of the port.
    private func withBench(
        serial: String = "0123456789ABCDEF",
        _ body: (Bench, ModemSession, AsyncStream<PortChange>) async throws -> Void
    ) async throws {
        try await RecordedSysfs.with([]) { tree in
            try await PtyModule.withModule { pty in
                let bench = Bench(tree: tree, pty: pty, module: TerminalModule(imei: Self.imei), serial: serial)
                bench.module.serve(pty)
                try await bench.plug("1-3.1", first: 0)
                let transport = SerialTransport(
                    path: tree.devices + "/ttyUSB0",
                    options: SerialOptions(lockFolder: tree.root),
                    scanner: PortScanner(sysfs: tree.sysfs, devices: tree.devices)
                )
                let options = SessionOptions(
                    reopening: .retry(every: .milliseconds(10), patience: .seconds(50)),
                    identity: .command(try Catalogue.command(line: "AT+CGSN"))
                )
                try await withSession(on: transport, profile: .a7600, options: options) { session in
                    let (changes, changed) = AsyncStream<PortChange>.makeStream()
                    session.observePort { changed.yield($0) }
                    _ = try await session.send(try Catalogue.command(line: "AT+CSQ"))
                    try await body(bench, session, changes)
                }
            }
        }
    }

    /// The next loss, opening or end; attempts between are passed over.
    private func next(_ changes: AsyncStream<PortChange>) async -> PortChange? {
        for await change in changes {
            if case .stillClosed = change { continue }
            return change
        }
        return nil
    }

    private func pull(_ bench: Bench, _ topology: String, first: Int) async throws {
        try bench.tree.pull(bench.device(topology, first: first))
        bench.pty.setPresent(false)
    }

    @Test func `It is found by its place on the bus, whatever has its old name now`() async throws {
        try await withBench { bench, session, changes in
            try await PtyModule.withModule { stranger in
                let other = TerminalModule(imei: "867584030000026")
                other.serve(stranger)
                try await pull(bench, "1-3.1", first: 0)
                let lost = await next(changes)
                #expect(lost == .lost(PortGeneration(1), .vanished))
                // Another module takes the name first.
                try bench.tree.add(.a7600("1-3.2", first: 0))
                let terminal = try await stranger.device()
                try bench.tree.connect("ttyUSB0", to: try #require(terminal))
                bench.pty.setPresent(true)
                try await bench.plug("1-3.1", first: 4)
                guard case .opened = await next(changes) else {
                    Issue.record("not opened again")
                    return
                }
                _ = try await session.send(try Catalogue.command(line: "AT+CSQ"))
                #expect(other.received.withLock { $0 } == [])
            }
        }
    }

    @Test func `In another socket it is found by its serial number`() async throws {
        try await withBench(serial: "A5XK3R8P") { bench, session, changes in
            try await pull(bench, "1-3.1", first: 0)
            _ = await next(changes)
            bench.pty.setPresent(true)
            try await bench.plug("1-1", first: 8)
            guard case .opened = await next(changes) else {
                Issue.record("not opened again")
                return
            }
            _ = try await session.send(try Catalogue.command(line: "AT+CSQ"))
        }
    }

    @Test func `Another module in its place is asked for its number and nothing else, and ends the session`()
        async throws
    {
        try await withBench { bench, session, changes in
            try await pull(bench, "1-3.1", first: 0)
            _ = await next(changes)
            bench.module.become(imei: "867584030000026")
            bench.module.received.withLock { $0 = [] }
            bench.pty.setPresent(true)
            try await bench.plug("1-3.1", first: 0)
            guard case .abandoned(let error) = await next(changes) else {
                Issue.record("not given up")
                return
            }
            #expect(error.code == .differentModule)
            let failure = await #expect(throws: ATFailure.self) {
                try await session.send(try Catalogue.command(line: "AT+CSQ"))
            }
            #expect(failure?.code == .lost(.portVanished))
            #expect(bench.module.received.withLock { Set($0) } == ["AT", "AT+CGSN"])
        }
    }

    @Test func `Whoever waits for an answer learns of the loss at once`() async throws {
        try await withBench { bench, session, _ in
            let (sent, isSent) = AsyncStream<Void>.makeStream()
            bench.pty.onReceive { _, _ in isSent.yield() }
            let waiting = Task { try await session.send(try Catalogue.command(line: "AT+COPS=?")) }
            for await _ in sent { break }
            try await pull(bench, "1-3.1", first: 0)
            let failure = await #expect(throws: ATFailure.self) { try await waiting.value }
            #expect(failure?.code == .lost(.portVanished))
        }
    }
}
