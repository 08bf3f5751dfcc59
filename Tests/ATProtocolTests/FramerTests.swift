import Testing

@testable import ATProtocol

@Suite("Framers")
struct FramerTests {
    private static let counted = CountedFramer("+RX", cap: 100)
    private static let inline = InlineCountedFramer("+RECV", cap: 100)

    struct Sample: Sendable, CustomTestStringConvertible {
        let isInline: Bool
        let text: String
        let verdict: FrameVerdict
        var testDescription: String { text }
        var framer: any Framer { isInline ? FramerTests.inline : FramerTests.counted }
    }

    static let samples = [
        Sample(isInline: false, text: "+RX: 0,3\\r\\nabc\\r", verdict: .consumed(14, body: 10..<13)),
        Sample(isInline: false, text: "+RX: 0,0\\r\\n\\n", verdict: .consumed(11, body: 10..<10)),
        Sample(isInline: false, text: "+RX: 0, 3\\r\\n\\r\\n\\r\\r", verdict: .consumed(15, body: 11..<14)),
        Sample(isInline: false, text: "+RX: 0,3\\r\\nabcd", verdict: .refused(.missingEnd)),
        Sample(isInline: false, text: "+RX: 0,101\\r\\n", verdict: .refused(.lengthAboveCap(101))),
        Sample(isInline: false, text: "+RX: 0,x\\r\\n", verdict: .refused(.lengthNotANumber)),
        Sample(isInline: false, text: "+RX: 0\\r\\n", verdict: .refused(.lengthNotANumber)),
        Sample(isInline: false, text: "+RX: 0,3\\ra", verdict: .refused(.lengthNotANumber)),
        Sample(isInline: false, text: "+RX: 0,3,4\\r\\n", verdict: .refused(.lengthNotANumber)),
        Sample(isInline: false, text: "+RXY: 0,3", verdict: .mismatch),
        Sample(isInline: true, text: "+RECV: 0,\"t\",3,\"a\"c\"\\r", verdict: .consumed(21, body: 16..<19)),
        Sample(isInline: true, text: "+RECV: 0,\"t\",\"abc\"", verdict: .mismatch),
        Sample(isInline: true, text: "+RECV: 0,\"t\\r\\n", verdict: .mismatch),
        Sample(isInline: true, text: "+RECV: 0,\"t\",3,\"abcd", verdict: .refused(.missingEnd)),
        Sample(isInline: true, text: "+RECV: 0,\"t\",x", verdict: .refused(.lengthNotANumber)),
        Sample(
            isInline: true,
            text: "+RECV: 0,\"t\",99999999999999999999,\"",
            verdict: .refused(.lengthAboveCap(2_147_483_647))
        ),
    ]

    @Test("A framer decides as the sample says, and more bytes do not change its mind", arguments: samples)
    func verdicts(_ sample: Sample) throws {
        let bytes = try Escapes.bytes(sample.text)
        #expect(sample.framer.frame(bytes.span) == sample.verdict)
        let longer = bytes + Array("more\r\n\"".utf8)
        #expect(sample.framer.frame(longer.span) == sample.verdict)
    }

    @Test("Before its last byte a frame is undecided and asks for more than there is", arguments: samples.prefix(3))
    func undecided(_ sample: Sample) throws {
        let bytes = try Escapes.bytes(sample.text)
        for count in sample.framer.prefix.count..<bytes.count {
            switch sample.framer.frame(bytes.span.extracting(first: count)) {
            case .needMore(let atLeast): #expect(atLeast > count)
            case .incomplete(let body, let trailer): #expect(body.upperBound + trailer > count)
            case .mismatch, .consumed, .refused: Issue.record("decided after \(count) bytes")
            }
        }
    }

    @Test(
        "Nothing but a line end behind the byte that refuses a frame is no line, however the reads are cut",
        arguments: ["+CMQTTRECV: 0,\"a\",x", "+CMQTTRXPAYLOAD: 0,3\r\nabcd"]
    )
    func emptyTail(_ frame: String) throws {
        let bytes = Array("\r\n\(frame)\r\n\r\n+CGEV: A\r\n+CMQTTRXEND: 0\r\n+CGEV: B\r\n".utf8)
        var configuration = Catalog.configuration()
        configuration.tracing = .off
        // Without lines that go on behind their ends, no line is looked at once more at its end.
        configuration.urcs.removeAll { $0.quoting == .multiline }
        var logs: [[String]] = []
        for step in [1, 2, bytes.count] {
            var bench = try Bench(configuration)
            for start in stride(from: 0, to: bytes.count, by: step) {
                try bench.receive(bytes[start..<min(start + step, bytes.count)])
            }
            logs.append(bench.log)
        }
        #expect(logs[0] == logs[2] && logs[1] == logs[2])
        #expect(logs[2].suffix(3) == ["quarantined +CGEV: A", "urc +CMQTTRXEND: 0", "urc +CGEV: B"])
    }
}
