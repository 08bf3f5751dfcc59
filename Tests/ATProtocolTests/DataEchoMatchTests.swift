import Testing

@testable import ATProtocol

@Suite("Data echo")
struct DataEchoMatchTests {
    static let echoes = ["abc", " abc", "\rabc", "\nabc", "\r\nabc"]

    @Test("The data come back, with one space or line end before them", arguments: echoes)
    func complete(_ echo: String) {
        #expect(Self.verdicts("abc", echo) == Array(repeating: .more, count: echo.utf8.count - 1) + [.complete])
    }

    @Test("Data that begin with a line end are not mistaken for what is tolerated")
    func leadingLineEnd() {
        #expect(Self.verdicts("\r\nX", "\r\nX").last == .complete)
        #expect(Self.verdicts("\r\nX", "\r\n\r\nX").last == .complete)
    }

    @Test("Anything else is no echo, at the first byte that differs", arguments: ["abd", "  abc", "\r\n\rabc", "OK"])
    func mismatch(_ bytes: String) {
        #expect(Self.verdicts("abc", bytes).contains(.mismatch))
    }

    private static func verdicts(_ data: String, _ bytes: String) -> [DataEchoMatch.Verdict] {
        var match = DataEchoMatch()
        match.expect(Array(data.utf8))
        var verdicts: [DataEchoMatch.Verdict] = []
        for byte in bytes.utf8 {
            verdicts.append(match.take(byte))
            if verdicts.last != .more { break }
        }
        return verdicts
    }
}
