import Testing

@testable import ATProtocol

/// How long the module is left alone after it has started anew.
@Suite struct RestartTests {
    private func bench() throws -> Bench {
        var configuration = Catalog.configuration()
        configuration.urcs.removeAll { $0.shape == .prefix("PB DONE") }
        configuration.urcs.append(URCSpec(.prefix("PB DONE"), meaning: .bootEnd))
        return try Bench(configuration)
    }

    private static let probe = [Array("AT\r".utf8)]

    @Test func theLastLineOfTheStartEndsTheQuiet() throws {
        var bench = try bench()
        try bench.receive(Array("\r\n*ATREADY: 1\r\n\r\n+CPIN: READY\r\n\r\nSMS DONE\r\n".utf8))
        try bench.wait(.milliseconds(1900))
        #expect(bench.unconfirmedWrites.isEmpty)
        try bench.receive(Array("\r\nPB DONE\r\n".utf8))
        try bench.wait(.milliseconds(99))
        #expect(bench.unconfirmedWrites.isEmpty)
        try bench.wait(.milliseconds(1))
        #expect(bench.unconfirmedWrites == Self.probe)
    }

    @Test func whatComesBehindItIsWaitedForABit() throws {
        var bench = try bench()
        try bench.receive(Array("\r\n*ATREADY: 1\r\n\r\nPB DONE\r\n".utf8))
        try bench.wait(.milliseconds(60))
        try bench.receive(Array("\r\n+CGEV: ME PDN ACT 8,1\r\n".utf8))
        try bench.wait(.milliseconds(60))
        #expect(bench.unconfirmedWrites.isEmpty)
        try bench.wait(.milliseconds(40))
        #expect(bench.unconfirmedWrites == Self.probe)
    }

    /// Data-only variants never send it.
    @Test func withoutItTwoSecondsOfQuietDo() throws {
        var bench = try bench()
        try bench.receive(Array("\r\n*ATREADY: 1\r\n".utf8))
        try bench.wait(.milliseconds(1999))
        #expect(bench.unconfirmedWrites.isEmpty)
        try bench.wait(.milliseconds(1))
        #expect(bench.unconfirmedWrites == Self.probe)
    }

    @Test func theNextStartBeginsAnew() throws {
        var bench = try bench()
        try bench.receive(Array("\r\n*ATREADY: 1\r\n\r\nPB DONE\r\n".utf8))
        try bench.wait(.milliseconds(100))
        try bench.written(Self.probe[0])
        try bench.receive(Array("AT\r\r\nOK\r\n\r\n*ATREADY: 1\r\n".utf8))
        try bench.wait(.milliseconds(1999))
        #expect(bench.unconfirmedWrites.isEmpty)
        try bench.wait(.milliseconds(1))
        #expect(bench.unconfirmedWrites == Self.probe)
    }
}
