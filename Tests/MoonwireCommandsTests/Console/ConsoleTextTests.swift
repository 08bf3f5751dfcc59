import ATProtocol
import ModemSession
import Testing

@testable import MoonwireCommands

@Suite struct ConsoleTextTests {
    private let reply = Reply(
        lines: [Line("+CSQ: 21,99")],
        result: nil,
        final: Line("OK"),
        writtenAt: Moment(nanoseconds: 0),
        completedAt: Moment(nanoseconds: 9_000_000)
    )
    private let command = Command(
        line: Array("AT+CPIN=\"1234\"".utf8),
        secrets: [Secret(part: .line, range: 9..<13, label: "pin")]
    )

    private func text(_ form: ConsoleText.Form = .text, hexadecimal: Bool = false, time: Bool = false) -> ConsoleText {
        ConsoleText(style: Style(.never), form: form, showsHexadecimal: hexadecimal, showsTime: time)
    }

    @Test func `An answer has its lines, what they mean, and the time it took`() {
        #expect(text().answer(reply, to: command, at: "") == "+CSQ: 21,99                 rssi -71 dBm\nOK  9 ms\n")
    }

    @Test func `Each line has its time and its bytes where they are wanted`() {
        let shown = text(hexadecimal: true, time: true).answer(reply, to: command, at: "14:03:07.041")
        let lines = shown.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("14:03:07.041 +CSQ: 21,99"))
        #expect(lines[1] == "    2b 43 53 51 3a 20 32 31 2c 39 39                  +CSQ: 21,99")
        #expect(lines[3].hasSuffix("  OK"))
    }

    @Test func `What comes unasked is set apart, and a module cannot move the cursor`() {
        let event = Event(sequence: 0, at: Moment(nanoseconds: 0), body: .urc(Line("+CMTI: \u{1B}[2J"), nil))
        #expect(text().event(event, at: "") == "· +CMTI: \\x1b[2J\n")
    }

    @Test(arguments: [
        (ATFailure.Code.error, nil, "ERROR"), (.cme(10), "SIM not inserted", "+CME ERROR: SIM not inserted"),
        (.cme(3), "+CME ERROR: 3", "+CME ERROR: 3"), (.cme(999), nil, "+CME ERROR: 999"),
        (.timeout(.final), nil, "no answer within 2.00 s"),
        (.cancelled, nil, "cancelled"),
    ])
    func `A failure has the module's own words where it has any`(code: ATFailure.Code, words: String?, shown: String) {
        let failure = ATFailure(code: code, text: words, command: "AT+X", elapsed: .seconds(2))
        #expect(text().failure(failure, at: "").split(separator: "\n").first == shown[...])
    }

    @Test(arguments: [
        ("AT+CSG", ATFailure.Code.error, "no AT+CSG is known here; was AT+CSQ meant?"),
        ("AT+CMQTTACCQ=0,x", .error, "AT+CMQTTACCQ=<client>,<id>"), ("AT+CSQ", .cme(10), "check the holder"),
        ("AT+CMQTTPUB=0,1,60", .result(.mqtt, 17), "check the port"),
    ])
    func `A failure says what to do next`(command: String, code: ATFailure.Code, advice: String) {
        let shown = text().failure(ATFailure(code: code, command: command), at: "")
        #expect(shown.contains("→ ") && shown.contains(advice), "\(shown)")
    }

    @Test func `An asynchronous result stands below the final result code`() {
        let accepted = Reply(
            lines: [],
            result: Line("+CMQTTSTART: 0"),
            final: Line("OK"),
            writtenAt: Moment(nanoseconds: 0),
            completedAt: Moment(nanoseconds: 3_000_000)
        )
        #expect(text().answer(accepted, to: command, at: "") == "OK\n+CMQTTSTART: 0  3 ms\n")
    }

    @Test func `As JSON an answer keeps its secrets`() throws {
        let value = try JSONValue(parsing: Array(text(.json).answer(reply, to: command, at: "").utf8))
        #expect(value["command"] == "AT+CPIN=\"****\"")
        #expect(value["lines"] == .array(["+CSQ: 21,99"]))
        #expect(value["final"] == "OK")
    }

    @Test func `A hex dump has sixteen bytes a line`() {
        #expect(
            HexDump.lines(Array(0..<17))
                == "    00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f   ................\n"
                + "    10                                                .\n"
        )
        #expect(HexDump.lines([]).isEmpty)
    }
}
