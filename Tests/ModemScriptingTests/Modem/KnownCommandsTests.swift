import ATProtocol
import Testing

@testable import ModemScripting

@Suite struct KnownCommandsTests {
    private let known = KnownCommands()

    private static func line(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func aKeptCommandIsFoundByItsExactLine() {
        let command = Command(line: Self.line("AT+CSQ"))
        known.keep(command)
        #expect(known.command(line: Self.line("AT+CSQ")) == command)
        #expect(known.command(line: Self.line("at+csq")) == nil)
        #expect(known.command(line: Self.line("AT+CSQ?")) == nil)
    }

    @Test func aCommandWithASecretOrDataIsNotKept() {
        let pin = Self.line(#"AT+CPIN="1234""#)
        known.keep(Command(line: pin, secrets: [Secret(part: .line, range: 9..<13, label: "pin")]))
        #expect(known.command(line: pin) == nil)
        let topic = Self.line("AT+CMQTTTOPIC=0,3")
        known.keep(Command(line: topic, data: Self.line("a/b")))
        #expect(known.command(line: topic) == nil)
    }

    @Test func theOldestMakesRoom() {
        for number in 0..<17 { known.keep(Command(line: Self.line("AT+CNMP=\(number)"))) }
        #expect(known.command(line: Self.line("AT+CNMP=0")) == nil)
        #expect(known.command(line: Self.line("AT+CNMP=1")) != nil)
        #expect(known.command(line: Self.line("AT+CNMP=16")) != nil)
        let long = Self.line("AT" + String(repeating: "A", count: 127))
        known.keep(Command(line: long))
        #expect(known.command(line: long) == nil)
    }
}
