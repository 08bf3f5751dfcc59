import ArgumentParser
import ModemScripting
import ModemTransports
import Testing

@testable import MoonwireCommands

/// `--dtr`, `--rts` and `--power-cycle-dtr`: only where they were asked for, and only at ports that have such lines.
@Suite struct ControlLineTests {
    private func settings(_ arguments: String...) throws -> PortSettings {
        try PortSettings(try PortOptions.parse(arguments))
    }

    @Test func `without the options both lines stay as the driver leaves them`() throws {
        let settings = try settings()
        #expect(settings.serial.dtr == nil && settings.serial.rts == nil)
        #expect(settings.powerCycling == .never)
        #expect(settings.serialOptions.isEmpty)
    }

    @Test func `the levels reach the port's options`() throws {
        let settings = try settings("--dtr", "off", "--rts", "on", "--power-cycle-dtr")
        #expect(settings.serial.dtr == .off && settings.serial.rts == .on)
        #expect(settings.powerCycling == .byDTR)
        #expect(settings.serialOptions == ["--dtr", "--rts", "--power-cycle-dtr"])
    }

    @Test func `a level is on or off, and flow control does not leave RTS to anybody else`() throws {
        #expect(throws: (any Error).self) { try settings("--dtr", "high") }
        let failure = #expect(throws: CommandFailure.self) { try settings("--rts", "on", "--flow", "rts") }
        #expect(failure?.status == .usage)
    }

    @Test(arguments: ["sim", "tcp://127.0.0.1:1", "replay:none.jsonl"])
    func `a port without such lines refuses the options before anything is opened`(port: String) async throws {
        let connector = ModemConnector(settings: try settings("--dtr", "on"), notice: { _ in })
        let address = try PortAddress(parsing: port)
        let failure = await #expect(throws: CommandFailure.self) {
            try await connector.withModem(address) { (_: OpenedModem) async throws in Issue.record("opened") }
        }
        #expect(failure?.status == .usage)
        #expect(failure?.message.hasPrefix("--dtr is for serial ports") == true)
    }
}
