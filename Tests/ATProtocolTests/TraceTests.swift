import Testing

@testable import ATProtocol

@Suite("Trace")
struct TraceTests {
    @Test(
        "Records are numbered without gaps, and those received joined are the stream",
        arguments: try AcceptanceVectors.all()
    )
    func complete(_ vector: Vector) throws {
        for cuts in [Vector.Cuts.whole, .single, .random(seed: 3)] {
            var bench = try Bench(vector.configuration, isEchoOn: vector.isEchoOn)
            try vector.run(on: &bench, cuts)
            try bench.apply(.closed(.closed))
            let records = bench.records
            let first = records.first?.number ?? 0
            #expect(records.map(\.number) == records.indices.map { first + UInt64($0) })
            var stream: [UInt8] = []
            for case .receive(let bytes) in vector.items { stream += bytes }
            #expect(records.filter { !$0.cuts.isEmpty }.flatMap(\.bytes) == stream)
        }
    }

    @Test("The reading of a held line is resolved by the number of its record")
    func resolve() throws {
        var bench = try Bench(Catalog.configuration())
        try bench.submit(1, try #require(Catalog.command("cpin?")))
        try bench.written(Array("AT+CPIN?\r".utf8))
        try bench.receive(Array("\r\n+CPIN: READY\r\nAT+CPIN?\r\r\n+CPIN: READY\r\n\r\nOK\r\n".utf8))
        let held = bench.records.filter { $0.reading == "held" }.map(\.number)
        let resolved = bench.records.filter { $0.kind == .resolve }
        #expect(resolved.map(\.resolves) == held)
        #expect(resolved.map(\.reading) == ["urc", "info"])
    }

    @Test("A line is recorded with its line end, its reading, rule and pieces")
    func line() throws {
        var bench = try Bench(Catalog.configuration())
        try bench.submit(1, try #require(Catalog.command("csq")))
        try bench.written(Array("AT+CSQ\r".utf8))
        try bench.receive(Array("AT+CSQ\r\r\n+CSQ: 2".utf8))
        try bench.wait(.milliseconds(1))
        try bench.receive(Array("0,99\r".utf8))
        try bench.receive(Array("\n".utf8))
        let record = try #require(bench.records.first { $0.reading == "info" })
        #expect(Escapes.text(record.bytes) == "\\r\\n+CSQ: 20,99\\r\\n")
        #expect(record.rule == 3)
        #expect(record.exchange == ExchangeID(1))
        #expect(record.cuts.map(\.count) == [9, 6])
    }

    @Test("A failure is named in the trace in the specification's words")
    func failure() throws {
        var bench = try Bench(Catalog.configuration())
        try bench.submit(1, try #require(Catalog.command("csq")))
        try bench.wait(.seconds(9))
        #expect(bench.records.last { $0.kind == .done }?.reading == "timeout(gate)")
        let codes: [(ATFailure.Code, String)] = [
            (.cme(10), "cme(10)"), (.cms(nil), "cms(unknown)"), (.result(.mqtt, 34), "result(CMQTT, 34)"),
            (.lost(.connection(client: 0, cause: 1)), "lost(connection(client: 0, cause: 1))"),
            (.prompt(.payloadAborted), "prompt(payloadAborted)"), (.protocolFault, "protocolFault"),
        ]
        for (code, text) in codes { #expect("\(code)" == text) }
    }

    @Test("Without tracing no record is made and the actions are the same", arguments: try AcceptanceVectors.all())
    func off(_ vector: Vector) throws {
        var silent = vector
        silent.configuration.tracing = .off
        var bench = try Bench(silent.configuration, isEchoOn: silent.isEchoOn)
        try silent.run(on: &bench, .whole)
        #expect(bench.records.isEmpty)
        #expect(bench.actions == (try vector.actions(.whole, ATEngine.Tables(vector.configuration))))
    }
}
