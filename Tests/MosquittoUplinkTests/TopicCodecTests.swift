import Testing

@testable import MosquittoUplink

@Suite struct TopicCodecTests {
    private static let accepted: [[UInt8]] = [
        Array("simcommsg".utf8), Array("a/+/#".utf8), Array("größe/温度/🙂".utf8), [],
    ]

    private static let refused: [[UInt8]] = [
        [0xF7, 0xF7, 0x3F], [0x00], [0x61, 0x1F], [0x7F], [0xC2, 0x85], [0xC0, 0x80], [0xED, 0xA0, 0x80],
        [0xE0, 0x80, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBF, 0xBE], [0xEF, 0xB7, 0x90], [0xE6, 0xB8],
        [0xF0, 0x8F, 0xBF, 0xBF],
    ]

    @Test(arguments: accepted)
    func `Topics that a broker takes are sent as they are`(topic: [UInt8]) {
        #expect(TopicCodec.plain.encoded(topic) == topic)
        #expect(TopicCodec.carried.encoded(topic) == topic)
        #expect(TopicCodec.carried.decoded(topic) == topic)
    }

    @Test(arguments: refused)
    func `Topics that a broker would not take are refused plainly and carried otherwise`(topic: [UInt8]) throws {
        #expect(TopicCodec.plain.encoded(topic) == nil)
        let sent = try #require(TopicCodec.carried.encoded(topic))
        #expect(TopicCodec.plain.encoded(sent) == sent)
        #expect(TopicCodec.carried.decoded(sent) == topic)
    }

    @Test func `Each byte has the character that the specification gives it`() {
        for byte in UInt8.min...UInt8.max where TopicCodec.plain.encoded([byte]) == nil {
            let character = String(UnicodeScalar(0xEE00 + UInt32(byte)).map(Character.init) ?? "?")
            #expect(TopicCodec.carried.encoded([byte]) == Array(character.utf8))
        }
    }

    @Test func `A real character of the carrying range comes back too`() {
        let topic = Array("x\u{EE41}y".utf8)
        #expect(TopicCodec.carried.encoded(topic).map(TopicCodec.carried.decoded) == topic)
    }

    @Test func `Any bytes come back, and what is sent is always accepted`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let topic = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let sent = TopicCodec.carried.encoded(topic) ?? []
            #expect(TopicCodec.plain.encoded(sent) == sent)
            #expect(TopicCodec.carried.decoded(sent) == topic)
        }
    }
}
