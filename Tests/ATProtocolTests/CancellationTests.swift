import Testing

@testable import ATProtocol

@Suite("Cancellation")
struct CancellationTests {
    enum Phase: CaseIterable, Sendable { case queue, gate, prompt, data, final, result }

    @Test(
        "A command cancelled in any phase leaves a session that answers ten more",
        arguments: Phase.allCases,
        [true, false]
    )
    func cancelThenTenMore(_ phase: Phase, _ isEchoOn: Bool) throws {
        var bench = try Bench(Catalog.configuration(), isEchoOn: isEchoOn)
        try bench.cancel(in: phase, isEchoOn)
        for number in 0..<10 { try bench.answerCSQ(UInt64(100 + number), signal: number, isEchoOn) }
        let answers = bench.log.filter { $0.hasPrefix("ok 1") && $0.contains("+CSQ") }
        #expect(answers == (0..<10).map { "ok \(100 + $0) | +CSQ: \($0),99" })
        #expect(bench.log.filter { $0 == "fail 1 cancelled" }.count == 1)
    }

    @Test("Cancelling what has completed changes nothing")
    func afterCompletion() throws {
        var bench = try Bench(Catalog.configuration())
        try bench.answerCSQ(1, signal: 7, true)
        let before = bench.log
        try bench.apply(.cancelled(ExchangeID(1)))
        try bench.apply(.cancelled(ExchangeID(99)))
        #expect(bench.log == before)
    }
}

extension Bench {
    /// Submits exchange 1, brings it into a phase, cancels it, and lets the module say what it still has to say.
    fileprivate mutating func cancel(in phase: CancellationTests.Phase, _ isEchoOn: Bool) throws {
        let name = phase == .prompt || phase == .data ? "payload8" : phase == .result ? "publish0" : "csq"
        guard let command = Catalog.command(name), let blocker = Catalog.command("at") else {
            throw Fault.unknownCommand(name)
        }
        if phase == .queue { try submit(2, blocker) }
        try submit(1, command)
        let echo = isEchoOn ? command.line + [0x0D] : []
        let ok = Array("\r\nOK\r\n".utf8)
        switch phase {
        case .queue:
            try apply(.cancelled(ExchangeID(1)))
            try written(blocker.line + [0x0D])
            try receive((isEchoOn ? blocker.line + [0x0D] : []) + ok)
        case .gate:
            try apply(.cancelled(ExchangeID(1)))
            try written(command.line + [0x0D])
            try receive(echo + Array("\r\n+CSQ: 55,99\r\n".utf8) + ok)
        case .prompt:
            try written(command.line + [0x0D])
            try receive(echo)
            try apply(.cancelled(ExchangeID(1)))
            try receive(Array("\r\n>".utf8))
            try written([UInt8](repeating: 0x20, count: 8))
            try receive(ok)
            try answerProbe(isEchoOn)
        case .data:
            try written(command.line + [0x0D])
            try receive(echo + Array("\r\n>".utf8))
            try apply(.cancelled(ExchangeID(1)))
            try written(command.data ?? [])
            try receive(ok)
        case .final:
            try written(command.line + [0x0D])
            try receive(echo)
            try apply(.cancelled(ExchangeID(1)))
            try receive(Array("\r\n+CSQ: 55,99\r\n".utf8) + ok)
        case .result:
            try written(command.line + [0x0D])
            try receive(echo + ok)
            try apply(.cancelled(ExchangeID(1)))
            try receive(Array("\r\n+CMQTTPUB: 0,0\r\n".utf8))
        }
    }

    fileprivate mutating func answerProbe(_ isEchoOn: Bool) throws {
        try written(Array("AT\r".utf8))
        try receive(Array((isEchoOn ? "AT\r\r\nOK\r\n" : "\r\nOK\r\n").utf8))
        if !isEchoOn { try wait(.milliseconds(150)) }
    }

    fileprivate mutating func answerCSQ(_ number: UInt64, signal: Int, _ isEchoOn: Bool) throws {
        guard let command = Catalog.command("csq") else { throw Fault.unknownCommand("csq") }
        try submit(number, command)
        if unconfirmedWrites.first == Array("AT\r".utf8) { try answerProbe(isEchoOn) }
        try written(command.line + [0x0D])
        let echo = isEchoOn ? "AT+CSQ\r" : ""
        try receive(Array("\(echo)\r\n+CSQ: \(signal),99\r\n\r\nOK\r\n".utf8))
    }
}
