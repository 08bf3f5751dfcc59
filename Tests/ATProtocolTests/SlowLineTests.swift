import Testing

@testable import ATProtocol

/// Deadlines are made for 115 200 bits per second; a slower line may take the time its bytes take.
@Suite struct SlowLineTests {
    private func bench(baud: Int?) throws -> Bench {
        var configuration = Catalog.configuration()
        configuration.baud = baud
        return try Bench(configuration)
    }

    private static func payload(_ count: Int) -> Command {
        Command(
            line: Array("AT+CMQTTPAYLOAD=0,\(count)".utf8),
            data: [UInt8](repeating: 0x78, count: count),
            spec: CommandSpec(prompt: PromptSpec(), lanes: .client(0))
        )
    }

    /// 10 240 bytes at 9600 bits per second take 10.7 s, the module's own limit is 9 s.
    @Test func dataThatTakeLongerThanTheModulesLimitAreWaitedFor() throws {
        var bench = try bench(baud: 9600)
        let command = Self.payload(10_240)
        try bench.submit(1, command)
        try bench.written(command.line + [0x0D])
        try bench.receive(command.line + Array("\r\r\n>".utf8))
        try bench.wait(.seconds(11))
        try bench.written(try #require(command.data))
        try bench.wait(.seconds(8))
        #expect(bench.log.isEmpty)
        try bench.receive(Array("\r\nOK\r\n".utf8))
        #expect(bench.log == ["ok 1"])
    }

    @Test func anAnswerBehindALongMessageIsWaitedFor() throws {
        var bench = try bench(baud: 9600)
        let command = try #require(Catalog.command("csq"))
        try bench.submit(1, command)
        try bench.written(command.line + [0x0D])
        try bench.receive(Array("\r\n+CMQTTRXPAYLOAD: 0,10240\r\n".utf8))
        try bench.wait(.seconds(10))
        #expect(bench.log.isEmpty)
        let message = [UInt8](repeating: 0x78, count: 10_240)
        try bench.receive(message + Array("\r\nAT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n".utf8))
        #expect(bench.log.last == "ok 1 | +CSQ: 20,99")
        #expect(bench.log.count == 2)
    }

    /// The same silence ends both at the usual rate.
    @Test func theUsualRateKeepsTheUsualDeadlines() throws {
        for baud in [115_200, 921_600] {
            var bench = try bench(baud: baud)
            let command = try #require(Catalog.command("csq"))
            try bench.submit(1, command)
            try bench.written(command.line + [0x0D])
            try bench.receive(Array("\r\n+CMQTTRXPAYLOAD: 0,10240\r\n".utf8))
            try bench.wait(.seconds(10))
            #expect(bench.log.contains("truncated 0/10240"))
            #expect(bench.log.contains("fail 1 timeout gate"))
        }
    }
}
