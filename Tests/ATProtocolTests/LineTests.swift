import Testing

@testable import ATProtocol

@Suite("Lines")
struct LineTests {
    @Test("A line is its bytes, whether it needs memory of its own or not", arguments: [0, 1, 8, 29, 30, 31, 32, 400])
    func bytes(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 0x41 + $0) }
        let line = Line(bytes)
        #expect(line.bytes == bytes)
        #expect(line.count == count)
        #expect(line.text == String(decoding: bytes, as: UTF8.self))
        #expect(line == Line(copying: bytes.span))
        #expect(line.hashValue == Line(copying: bytes.span).hashValue)
        for length in 0...count { #expect(line.starts(with: Array(bytes[..<length]))) }
        #expect(!line.starts(with: bytes + [0]))
        #expect(line != Line(bytes + [0]))
    }

    @Test("Changing the bytes gives the line that has them from the start", arguments: [0, 30, 31], [0, 30, 31])
    func changes(from: Int, to: Int) {
        var line = Line([UInt8](repeating: 0x61, count: from))
        line.bytes = [UInt8](repeating: 0x62, count: to)
        #expect(line == Line([UInt8](repeating: 0x62, count: to)))
        line.bytes.append(0x63)
        #expect(line == Line([UInt8](repeating: 0x62, count: to) + [0x63]))
    }

    @Test(
        "A reply gives back its lines",
        arguments: ["OK", "", "OKAY", "CONNECT 115200", "+CME ERROR: SIM not inserted here"]
    )
    func reply(text: String) {
        let now = Moment(nanoseconds: 0)
        var reply = Reply(lines: [], result: Line(text), final: Line(text), writtenAt: now, completedAt: now)
        #expect(reply.final == Line(text))
        #expect(reply.result == Line(text))
        #expect(reply == Reply(lines: [], result: Line(text), final: Line(text), writtenAt: now, completedAt: now))
        reply.final = Line("OK")
        reply.result = nil
        #expect(reply == Reply(lines: [], result: nil, final: Line("OK"), writtenAt: now, completedAt: now))
    }
}
