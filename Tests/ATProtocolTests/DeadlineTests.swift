import Testing

@testable import ATProtocol

@Suite("Deadlines and lanes")
struct DeadlineTests {
    @Test("Bytes do not extend a deadline")
    func total() throws {
        var bench = try Bench(Catalog.configuration())
        try bench.submit(1, try #require(Catalog.command("cops?")))
        try bench.written(Array("AT+COPS?\r".utf8))
        for _ in 0..<8 {
            try bench.receive(Array("+CGEV: A\r\n".utf8))
            try bench.wait(.seconds(1))
        }
        #expect(!bench.log.contains { $0.hasPrefix("fail") })
        try bench.wait(.seconds(1))
        #expect(bench.log.last == "fail 1 timeout gate")
    }

    @Test("A caller's timeout counts from submission, the queue included")
    func queued() throws {
        var bench = try Bench(Catalog.configuration())
        try bench.submit(1, try #require(Catalog.command("cops?")))
        var second = try #require(Catalog.command("csq"))
        second.timeout = .seconds(2)
        try bench.submit(2, second)
        try bench.wait(.seconds(2))
        #expect(bench.log.first == "fail 2 timeout queue")
        guard case .complete(_, .failure(let failure))? = bench.actions.last else { return }
        #expect(failure.written == .no)
        #expect(failure.elapsed == .seconds(2))
    }

    @Test("An answer stamped before the deadline counts although its timer is late, one stamped after does not")
    func lateTimer() throws {
        for (stamp, outcome) in [(8_999, "ok 1"), (9_000, "ok 1"), (9_001, "fail 1 timeout final")] {
            var bench = try Bench(Catalog.configuration())
            try bench.submit(1, try #require(Catalog.command("at")))
            try bench.written(Array("AT\r".utf8))
            try bench.receive(Array("AT\r".utf8))
            bench.sleep(.milliseconds(stamp))
            try bench.receive(Array("\r\nOK\r\n".utf8))
            #expect(bench.log.first == outcome)
        }
    }

    @Test("Nothing overtakes within a lane, and other lanes are not held up")
    func lanes() throws {
        var bench = try Bench(Catalog.configuration())
        let names = ["publish0", "subscribe0", "connect1", "publish0"]
        for (index, name) in names.enumerated() { try bench.submit(UInt64(index), try #require(Catalog.command(name))) }
        try bench.accept("AT+CMQTTPUB=0,1,60")
        try bench.accept("AT+CMQTTCONNECT=1,\"tcp://b:8883\",60,1")
        #expect(bench.unconfirmedWrites.isEmpty)
        try bench.receive(Array("\r\n+CMQTTPUB: 0,0\r\n".utf8))
        try bench.accept("AT+CMQTTSUB=0")
        #expect(bench.unconfirmedWrites.isEmpty)
        try bench.receive(Array("\r\n+CMQTTSUB: 0,0\r\n".utf8))
        try bench.accept("AT+CMQTTPUB=0,1,60")
        let order = bench.log.filter { $0.hasPrefix("ack") }
        #expect(order == ["ack 0", "ack 2", "ack 1", "ack 3"])
    }

    @Test("A zombie keeps its lane for ten seconds, except from commands that clear it")
    func zombieLane() throws {
        var bench = try Bench(Catalog.configuration())
        try bench.submit(1, try #require(Catalog.command("publish0")))
        try bench.accept("AT+CMQTTPUB=0,1,60")
        try bench.apply(.cancelled(ExchangeID(1)))
        try bench.submit(2, try #require(Catalog.command("subscribe0")))
        #expect(bench.unconfirmedWrites.isEmpty)
        try bench.wait(.milliseconds(9_999))
        #expect(bench.unconfirmedWrites.isEmpty)
        try bench.wait(.milliseconds(1))
        #expect(bench.unconfirmedWrites == [Array("AT+CMQTTSUB=0\r".utf8)])

        var other = try Bench(Catalog.configuration())
        try other.submit(1, try #require(Catalog.command("publish0")))
        try other.accept("AT+CMQTTPUB=0,1,60")
        try other.apply(.cancelled(ExchangeID(1)))
        try other.submit(2, try #require(Catalog.command("disconnect0")))
        #expect(other.unconfirmedWrites == [Array("AT+CMQTTDISC=0,60\r".utf8)])
    }

    @Test("A module that never answers is tried with every step of the ladder, then given up")
    func ladder() throws {
        var configuration = Catalog.configuration()
        configuration.ladder = [.toggleDTR, .escape, .reopen, .reset]
        var bench = try Bench(configuration)
        for number in 1...3 { try bench.submit(UInt64(number), try #require(Catalog.command("at"))) }
        try bench.wait(.seconds(600))
        let steps = bench.log.filter { $0.hasPrefix("link") || $0.hasPrefix("state") }
        #expect(
            steps == [
                "state synchronising", "state silent", "link toggleDTR", "link escape", "state reopening",
                "link reopen", "state resetting", "link reset", "state synchronising", "state silent", "state failed",
            ]
        )
        let failures = bench.log.filter { $0.hasPrefix("fail") }
        #expect(failures == ["fail 1 timeout gate", "fail 2 timeout gate", "fail 3 lost unresponsive"])
        try bench.submit(9, try #require(Catalog.command("at")))
        #expect(bench.log.contains("fail 9 lost unresponsive"))
    }

    @Test("Any final ends the silence")
    func progress() throws {
        var configuration = Catalog.configuration()
        configuration.ladder = [.toggleDTR]
        var bench = try Bench(configuration)
        for number in 1...4 { try bench.submit(UInt64(number), try #require(Catalog.command("csq"))) }
        try bench.wait(.seconds(30))
        #expect(bench.log.contains("link toggleDTR"))
        bench.confirmAll()
        try bench.receive(Array("\r\nOK\r\n".utf8))
        try bench.written(Array("AT\r".utf8))
        try bench.receive(Array("AT\r\r\nOK\r\n".utf8))
        #expect(bench.unconfirmedWrites == [Array("AT+CSQ\r".utf8)])
    }

    @Test("The first echo that does not come makes the final ours after its grace")
    func echoLost() throws {
        var bench = try Bench(Catalog.configuration())
        try bench.submit(1, try #require(Catalog.command("csq")))
        try bench.written(Array("AT+CSQ\r".utf8))
        try bench.receive(Array("\r\n+CSQ: 1,99\r\n\r\nOK\r\n".utf8))
        #expect(bench.log.isEmpty)
        try bench.wait(.milliseconds(50))
        #expect(bench.log == ["ok 1 | +CSQ: 1,99"])
    }
}

extension Bench {
    /// The host has written this line; the module echoes and accepts it.
    fileprivate mutating func accept(_ line: String) throws {
        try written(Array("\(line)\r".utf8))
        try receive(Array("\(line)\r\r\nOK\r\n".utf8))
    }
}
