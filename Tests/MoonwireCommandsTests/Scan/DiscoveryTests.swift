import A7600
import Glibc
import ModemSession
import ModemTransports
import Testing

@testable import MoonwireCommands

/// Recorded trees whose ports are terminals with modules behind them.
@Suite(.timeLimit(.minutes(1)))
struct DiscoveryTests {
    private static let first = "867584030000018"
    private static let second = "867584030000026"

    private func discovery(_ tree: RecordedSysfs) -> ModemDiscovery {
        ModemDiscovery(
            scanner: PortScanner(sysfs: tree.sysfs, devices: tree.devices),
            serial: SerialOptions(lockFolder: tree.root),
            patience: .seconds(20)
        )
    }

    /// Runs `body` with a module on each of these ports.
    private func withModules(
        _ ports: [(name: String, imei: String)],
        on tree: RecordedSysfs,
        _ body: () async throws -> Void
    ) async throws {
        guard let port = ports.first else { return try await body() }
        try await PtyModule.withModule { module in
            TerminalModule(imei: port.imei).serve(module)
            let device = try await module.device()
            try tree.connect(port.name, to: try #require(device))
            try await withModules(Array(ports.dropFirst()), on: tree, body)
        }
    }

    @Test func `Each module says who it is, on the first of its ports that answers`() async throws {
        try await RecordedSysfs.with([.a7600("1-3.1", first: 0), .sim7600("1-3.2", first: 4)]) { tree in
            try await withModules([("ttyUSB0", Self.first), ("ttyUSB7", Self.second)], on: tree) {
                let modems = await discovery(tree).modems()
                #expect(modems.map(\.imei) == [Self.first, Self.second])
                #expect(modems.map(\.port.name) == ["ttyUSB0", "ttyUSB7"])
                #expect(modems.map(\.name) == ["m-000018", "m-000026"])
                #expect(modems.map(\.model) == ["A7600C", "A7600C"])
                let found = try await discovery(tree).modem(imei: Self.second)
                #expect(found.port.name == "ttyUSB7")
                let there = try await discovery(tree).modem(at: "1-3.1")
                #expect(there.imei == Self.first)
            }
        }
    }

    @Test func `A port that somebody has is not opened, and named with its holder`() async throws {
        try await RecordedSysfs.with([.a7600("1-3.1", first: 0)]) { tree in
            try await withModules([("ttyUSB0", Self.first)], on: tree) {
                let holder = SerialTransport(path: tree.devices + "/ttyUSB0", options: discovery(tree).serial)
                try await withSession(on: holder, profile: .a7600) { _ in
                    let modem = try #require(await discovery(tree).modems().first)
                    guard case .process(let process) = modem.occupant else {
                        Issue.record("\(modem.occupant)")
                        return
                    }
                    #expect(process.pid == getpid())
                    #expect(modem.answer == .notAsked)
                    let failure = await #expect(throws: CommandFailure.self) {
                        try await discovery(tree).modem(at: "1-3.1")
                    }
                    #expect(failure?.status == .portBusy)
                    #expect(failure?.message.contains("pid \(getpid())") == true)
                    let unknown = await #expect(throws: CommandFailure.self) {
                        try await discovery(tree).modem(imei: Self.second)
                    }
                    #expect(unknown?.status == .portBusy, "the busy modem may be the one")
                }
            }
        }
    }

    @Test func `The only modem is taken, several are listed, none is nil`() async throws {
        try await RecordedSysfs.with([.serialAdapter]) { tree in
            #expect(try await discovery(tree).onlyModem() == nil)
            try tree.add(.a7600("1-3.1", first: 0))
            try await withModules([("ttyUSB0", Self.first), ("ttyUSB4", Self.second)], on: tree) {
                #expect(try await discovery(tree).onlyModem()?.imei == Self.first)
                try tree.add(.a7600("1-3.2", first: 4))
                let failure = await #expect(throws: CommandFailure.self) { try await discovery(tree).onlyModem() }
                #expect(failure?.status == .usage)
                #expect(failure?.message.contains(Self.first) == true)
                #expect(failure?.message.contains(Self.second) == true)
            }
        }
    }

    @Test func `What is not there is said to be not found, with what is there`() async throws {
        try await RecordedSysfs.with([.a7600("1-3.1", first: 0), .serialAdapter]) { tree in
            try await withModules([("ttyUSB0", Self.first)], on: tree) {
                let none = await #expect(throws: CommandFailure.self) { try await discovery(tree).modem(at: "2-1") }
                #expect(none?.status == .notFound)
                let adapter = await #expect(throws: CommandFailure.self) { try await discovery(tree).modem(at: "1-4") }
                #expect(adapter?.message.contains("ttyUSB9") == true)
                let other = await #expect(throws: CommandFailure.self) {
                    try await discovery(tree).modem(imei: Self.second)
                }
                #expect(other?.message.contains(Self.first) == true)
            }
        }
    }
}
