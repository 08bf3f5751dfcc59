import Testing

@testable import ATProtocol

@Suite("Limits")
struct LimitTests {
    @Test(
        "64 KiB without a line end give one overflow, and the answer behind them is seen",
        arguments: [1, 7, 4096, 65_536]
    )
    func endlessLine(_ step: Int) throws {
        var bench = try Bench(Catalog.configuration())
        let command = try #require(Catalog.command("at"))
        try bench.submit(1, command)
        try bench.written(Array("AT\r".utf8))
        try bench.receive(Array("AT\r\r\n".utf8))
        let noise = [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)
        for start in stride(from: 0, to: noise.count, by: step) {
            try bench.receive(noise[start..<min(start + step, noise.count)])
            #expect(bench.bufferedBytes <= 4096)
        }
        try bench.receive(Array("\r\nOK\r\n".utf8))
        #expect(bench.log == ["overflow 4096", "ok 1"])
    }

    @Test("A line of exactly the limit is a line, one byte more is not")
    func exactLimit() throws {
        var bench = try Bench(Catalog.configuration())
        let longest = [UInt8](repeating: UInt8(ascii: "x"), count: 4096)
        try bench.receive(longest + [0x0D])
        #expect(bench.log == ["unknown " + String(repeating: "x", count: 4096)])
        try bench.receive(longest + Array("x\r\n+CGEV: A\r\n".utf8))
        #expect(bench.log.dropFirst() == ["overflow 4096", "urc +CGEV: A"])
    }

    @Test("A line too long inside an answer makes the answer worthless")
    func overflowInAnswer() throws {
        var bench = try Bench(Catalog.configuration())
        try bench.submit(1, try #require(Catalog.command("csq")))
        try bench.written(Array("AT+CSQ\r".utf8))
        try bench.receive(Array("AT+CSQ\r\r\n".utf8) + [UInt8](repeating: 65, count: 5000) + Array("\r\nOK\r\n".utf8))
        #expect(bench.log == ["overflow 4096", "fail 1 protocol"])
    }

    @Test("More lines than the limit behind a held one release it as unsolicited")
    func holdOverflow() throws {
        var bench = try Bench(Catalog.configuration(), isEchoOn: false)
        try bench.submit(1, try #require(Catalog.command("cpin?")))
        try bench.written(Array("AT+CPIN?\r".utf8))
        try bench.receive(Array("\r\n+CPIN: READY\r\n".utf8))
        for number in 0..<64 { try bench.receive(Array("\r\n+CGEV: \(number)\r\n".utf8)) }
        let expected = ["urc +CPIN: READY"] + (0..<64).map { "urc +CGEV: \($0)" } + ["hold overflow"]
        #expect(bench.log == expected)
        try bench.receive(Array("\r\n+CPIN: READY\r\n\r\nOK\r\n".utf8))
        #expect(bench.log.last == "ok 1 | +CPIN: READY")
    }

    @Test("The last 2 KiB stand in an error, oldest first")
    func before() throws {
        var bench = try Bench(Catalog.configuration())
        try bench.submit(1, try #require(Catalog.command("at")))
        try bench.written(Array("AT\r".utf8))
        try bench.receive(Array("AT\r".utf8))
        for number in 0..<500 { try bench.receive(Array("+CGEV: \(number)\r\n".utf8)) }
        try bench.receive(Array("ERROR\r\n".utf8))
        guard case .complete(_, .failure(let failure))? = bench.actions.last else {
            Issue.record("the command did not fail")
            return
        }
        #expect(failure.before.count == 2048)
        #expect(String(decoding: failure.before, as: UTF8.self).hasSuffix("+CGEV: 499\r\nERROR\r\n"))
        #expect(failure.urcs.count == 64)
        #expect(failure.urcs == failure.urcs.sorted())
    }

    @Test(
        "Commands that must not be written never reach the port",
        arguments: ["AT\rX", "AT\n", "AT\u{1A}", "AT\u{1B}", "AT\0", ""]
    )
    func refused(_ line: String) throws {
        var bench = try Bench(Catalog.configuration())
        try bench.submit(1, Command(line: Array(line.utf8)))
        #expect(bench.log == ["fail 1 argument"])
        try bench.submit(2, Command(line: Array("AT".utf8) + [UInt8](repeating: 65, count: 3072)))
        #expect(bench.log.last == "fail 2 argument")
        #expect(bench.unconfirmedWrites.isEmpty)
    }
}
