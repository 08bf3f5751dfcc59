import SeededRandom
import Testing

@testable import ATProtocol

/// What is read a word at a time is what is read byte by byte.
@Suite("Scanning")
struct ScanningTests {
    @Test("The first line end or NUL is found at every place, length and limit", arguments: 0..<40)
    func stop(length: Int) {
        var random = SeededRandom(seed: UInt64(length))
        for _ in 0..<200 {
            let bytes = Self.bytes(length, &random)
            let start = random.below(length + 1)
            let limit = start + random.below(length - start + 1)
            let expected = (start..<limit).first { [0x00, 0x0A, 0x0D].contains(bytes[$0]) } ?? limit
            let found = bytes.span.stop(from: start, limit: limit)
            #expect(found == expected, "\(bytes), \(start)..<\(limit)")
        }
    }

    @Test("A buffer holds what was appended to it, however it was cut")
    func buffer() {
        var random = SeededRandom(seed: 1)
        var buffer = ByteBuffer(capacity: 0)
        for _ in 0..<20 {
            var expected: [UInt8] = []
            while expected.count < 1000 {
                let piece = Self.bytes(random.below(60), &random)
                expected += piece
                buffer.append(piece.span)
                buffer.append(7)
                expected.append(7)
            }
            let whole = buffer.copy()
            #expect(whole == expected)
            buffer.removeZeros()
            let kept = buffer.copy()
            #expect(kept == expected.filter { $0 != 0 })
            buffer.truncate(to: 10)
            let first = buffer.copy()
            #expect(first == Array(kept.prefix(10)))
            buffer.clear()
        }
    }

    @Test("A beginning stands where the bytes there are agree with all prefixes, and nowhere without prefixes")
    func beginning() {
        let prefixes = ["+CMQTTRX", "+CMQTTRECV"]
        let text = "xx+CMQTTRECV"
        for end in 2...text.utf8.count {
            #expect(mayStand(prefixes, in: text.prefix(end), at: 2))
            #expect(!mayStand([], in: text.prefix(end), at: 2))
        }
        for other in ["+CMQTX", "+CSQ: 1,2,3", "x"] { #expect(!mayStand(prefixes, in: other[...], at: 0)) }
        #expect(mayStand(["A", "B"], in: text[...], at: 0))
    }

    private func mayStand(_ prefixes: [String], in text: Substring, at position: Int) -> Bool {
        let bytes = Array(text.utf8)
        return LineBeginning(of: prefixes.map { Array($0.utf8) }).mayStand(in: bytes.span, at: position)
    }

    /// Mostly bytes next to those that are looked for.
    private static func bytes(_ count: Int, _ random: inout SeededRandom) -> [UInt8] {
        let likely: [UInt8] = [0x0E, 0x0C, 0x0B, 0x09, 0x01, 0x41, 0x7F, 0x80, 0x8D, 0x8A, 0xFF]
        return (0..<count).map { _ in
            random.below(12) == 0 ? [0x00, 0x0A, 0x0D][random.below(3)] : likely[random.below(likely.count)]
        }
    }
}
