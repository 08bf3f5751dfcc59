import Testing

@testable import ATProtocol

@Suite("Packed lines and recent bytes")
struct PackedLinesTests {
    @Test(
        "Lines come out as they went in, however many and long they are",
        arguments: [1, 3, 30, 31, 40, 511, 512, 513, 4096]
    )
    func lines(length: Int) {
        var packed = PackedLines()
        #expect(packed.lines.isEmpty)
        var lines: [Line] = []
        for number in 0..<20 {
            let line = Line([UInt8](repeating: UInt8(1 + number), count: max(1, length - number)))
            lines.append(line)
            packed.append(line.bytes.span)
            #expect(packed.lines == lines)
        }
        #expect(PackedLines(lines) == packed)
    }

    @Test("A copy keeps what it has when the original grows")
    func copies() {
        var packed = PackedLines([Line("+CSQ: 23,0")])
        let copy = packed
        packed.append(Line("+CREG: 0,1").bytes.span)
        #expect(copy.lines == [Line("+CSQ: 23,0")])
        #expect(packed.lines.count == 2)
        #expect(copy != packed)
    }

    @Test(
        "The last 2 KiB are remembered, whatever the lengths of the lines",
        arguments: [1, 7, 100, 2045, 2046, 2047, 5000]
    )
    func recent(length: Int) {
        var recent = RecentBytes()
        var all: [UInt8] = []
        for number in 0..<(6000 / length + 3) {
            let line = (0..<length).map { UInt8(truncatingIfNeeded: $0 &+ number) }
            recent.append(line: line.span)
            all += line + [0x0D, 0x0A]
            let kept = recent.contents
            #expect(kept.count >= min(all.count, 2047))
            #expect(kept == Array(all.suffix(kept.count)))
        }
    }
}
