import ATProtocol
import Testing

@testable import MoonwireCommands

@Suite struct TraceTextTests {
    private func text(_ name: String, _ color: ColorChoice = .never) throws -> String {
        let timeline = try TraceTimeline(path: TraceOnDisk.recorded(name))
        let text = TraceText(style: Style(color))
        return text.heading(timeline.origin) + timeline.items.map(text.item).joined() + text.summary(of: timeline)
    }

    @Test func `Commands stand with their answers, unsolicited lines between them`() throws {
        let lines = try text("faults").split(separator: "\n")
        #expect(
            lines[1...6] == [
                "00:00.000 ! port: opened",
                "00:00.004 ✓ AT                                                              3 ms",
                "00:01.834 ✓ AT+CSQ                                                          9 ms",
                "            +CSQ: 20,99",
                "00:02.210 ✓ AT+CPIN=\"****\"                                                 40 ms",
                "00:02.401 · +CREG: 1",
            ]
        )
        #expect(lines.last == "8 commands, 2 failed, 3 unsolicited lines; first fault at 00:15.500")
    }

    @Test(arguments: ["faults", "mqtt-plain"])
    func `No line is wider than 80 columns`(name: String) throws {
        // An hour on, the time takes two columns more.
        for line in try text(name).split(separator: "\n") where !line.hasPrefix("1:") { #expect(line.count <= 80) }
    }

    @Test(arguments: ["faults", "mqtt-plain"])
    func `Nothing that a module said reaches the terminal as a control character`(name: String) throws {
        let controls = try text(name).unicodeScalars.filter { $0.properties.generalCategory == .control && $0 != "\n" }
        #expect(controls.isEmpty)
    }

    @Test func `Unsolicited lines are faint and faults red`() throws {
        let text = try text("faults", .always)
        #expect(text.contains("\u{1B}[2m·\u{1B}[0m \u{1B}[2m+CREG: 1\u{1B}[0m\n"))
        #expect(text.contains("\u{1B}[31m✗\u{1B}[0m AT+CGDCONT"))
    }

    @Test func `A failure without a line of the module says why it was given up`() throws {
        let timeline = try TraceOnDisk.timeline([
            #"{"n":0,"t":0,"x":1,"ev":"tx","d":"AT+X\r"}"#, #"{"n":1,"t":9000000000,"x":1,"ev":"done","as":"timeout"}"#,
        ])
        let text = TraceText(style: Style(.never))
        #expect(timeline.items.map(text.item).joined().hasSuffix("9.00 s\n            timeout\n"))
    }

    @Test func `A command that was never written has its name, and filling is counted`() throws {
        let timeline = try TraceOnDisk.timeline([
            #"{"n":0,"t":0,"x":1,"ev":"submit","as":"AT+CSQ"}"#,
            #"{"n":1,"t":1000000,"ev":"tx","d":"\#(String(repeating: " ", count: 512))"}"#,
            #"{"n":2,"t":2000000,"x":1,"ev":"done","as":"lost(unresponsive)"}"#,
        ])
        let text = timeline.items.map(TraceText(style: Style(.never)).item).joined()
        #expect(text.contains("✗ AT+CSQ (never written) "), "\(text)")
        #expect(text.contains("▸ (512 spaces)\n"), "\(text)")
        let values = timeline.items.map(TraceItemJSON.value)
        #expect(values.contains { $0["submitted"] == "AT+CSQ" && $0["command"] == "" })
    }

    @Test(arguments: [
        (Array("a\\b".utf8), "a\\\\b"), (Array("ä€😀".utf8), "ä€😀"), ([0xFF, 0x41], "\\xffA"),
        ([0x1B, 0x9B], "\\x1b\\x9b"),
        ([0xC2, 0x9B], "\\xc2\\x9b"), (Array("\u{202E}x".utf8), "\\xe2\\x80\\xaex"), ([0xE2, 0x82], "\\xe2\\x82"),
        (Array("a\r\n\tb".utf8), "a\\r\\n\\tb"),
    ])
    func `Bytes are shown so that nothing can move the cursor`(bytes: [UInt8], shown: String) {
        #expect(ByteText.shown(bytes) == shown)
    }

    @Test func `Items as JSON keep every byte`() throws {
        let timeline = try TraceTimeline(path: TraceOnDisk.recorded("faults"))
        let values = timeline.items.map(TraceItemJSON.value)
        let failed = try #require(values.first { $0["outcome"] == "failed" })
        #expect(failed["reason"] == "+CMQTTCONNECT: 0,3")
        #expect(failed["lines"] == .array(["OK", "+CMQTTCONNECT: 0,3"]))
        #expect(values.contains { $0["text"] == "\u{FF}\u{1B}[31m\u{9B}2J" })
        for value in values { #expect(try JSONValue(parsing: Array(value.text.utf8)) == value) }
    }
}
