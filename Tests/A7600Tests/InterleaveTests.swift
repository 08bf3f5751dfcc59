import ATProtocol
import Testing

@testable import A7600

/// Every unsolicited line, a received message and an unknown line at every legal place of every exchange.
@Suite struct InterleaveTests {
    /// What can be put in between, as bytes.
    static let insertions: [String] =
        (UnsolicitedSamples.lines + [UnsolicitedSamples.unknown]).map { "\r\n\($0)\r\n" } + [UnsolicitedSamples.message]

    /// One exchange from its submission to the quiet after it.
    ///
    /// - Parameters:
    ///   - places: what stands before the echo (0), before each part of the answer (1…), and behind the last.
    /// - Returns: what the engine made of it.
    private func run(
        _ bench: inout Bench,
        _ command: Command,
        _ answer: ModuleAnswer,
        with places: [Int: String] = [:]
    ) -> [String] {
        bench.submit(command)
        bench.settleUntilWritten()
        var stream = Array((places[0] ?? "").utf8)
        if bench.isEchoOn { stream += command.line + [0x0D] }
        for (index, part) in answer.parts.enumerated() {
            stream += Array((places[index + 1] ?? "").utf8)
            stream += Array(part == ">" ? "\r\n>".utf8 : "\r\n\(part)\r\n".utf8)
            if part == ">" {
                // The data leave at the prompt.
                bench.receive(stream)
                stream = []
            }
        }
        stream += Array((places[answer.parts.count + 1] ?? "").utf8)
        bench.receive(stream)
        bench.wait(.milliseconds(400))
        return bench.takeLog()
    }

    private static func command(_ answer: ModuleAnswer) throws -> Command {
        try Catalogue.command(line: answer.line, data: answer.data.map { Array($0.utf8) }, profile: answer.profile)
    }

    /// What an insertion gives on an idle line.
    private func alone(_ bench: inout Bench, _ insertion: String) -> [String] {
        bench.receive(Array(insertion.utf8))
        return bench.takeLog()
    }

    /// Whether an insertion cannot be told from an answer: the same shape, or a command that takes any line.
    private func isAlike(_ command: Command, _ insertion: String) -> Bool {
        let line = insertion.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return command.spec.information.contains { shape in
            switch shape {
            case .bare(.any), .undeclared: line == UnsolicitedSamples.unknown
            case .bare(.digits): false
            case .prefixed(let prefix, _, _): line.hasPrefix(String(decoding: prefix, as: UTF8.self) + ": SIM")
            }
        }
    }

    private func endsExchange(_ command: Command, _ insertion: String) -> Bool {
        !command.spec.failOn.isEmpty && insertion.contains("+CMQTTNONET")
    }

    /// One exchange of each kind, on which every insertion is tried alone.
    static let kinds: [ModuleAnswer] = ModuleAnswers.all.filter { answer in
        [
            "AT", "AT+CSQ", "AT+CREG?", "AT+CGSN", "ATI", "AT+CGMM", "AT+CGPADDR", "AT+CREG=?", "AT+CMQTTSTART",
            "AT+CMQTTPUB=0,1,60", "AT+CMQTTTOPIC=0,3", "AT+CMQTTSUB=0,3,1", "AT+CMQTTDISC?", "AT+CMQTTCONNECT?",
            "AT+CMQTTACCQ=0,\"unit\"", "AT+CREG?;+CSQ",
        ].contains(answer.line)
    }

    @Test(arguments: kinds, [true, false])
    func anAnswerIsTheSameWhateverStandsBetweenItsLines(answer: ModuleAnswer, echo: Bool) throws {
        var bench = Bench(answer.profile, echo: echo)
        let command = try Self.command(answer)
        let plain = run(&bench, command, answer)
        #expect(plain.contains { $0.contains(" → ") })
        for insertion in Self.insertions where !endsExchange(command, insertion) && !isAlike(command, insertion) {
            let event = alone(&bench, insertion)
            #expect(event.count == 1)
            // Without an echo nothing stands before it.
            for place in (echo ? 0 : 1)...(answer.parts.count + 1) {
                var log = run(&bench, command, answer, with: [place: insertion])
                let found = log.firstIndex(of: event[0])
                #expect(found != nil, "\(event) at \(place) is lost: \(log)")
                if let found { log.remove(at: found) }
                #expect(log == plain, "\(event) at \(place)")
            }
        }
    }

    /// All insertions at one place, each of them first once in a while.
    @Test(arguments: Array(ModuleAnswers.all.enumerated()), [true, false])
    func everyExchangeTakesEveryLineAtEveryPlace(row: (offset: Int, element: ModuleAnswer), echo: Bool) throws {
        let answer = row.element
        var bench = Bench(answer.profile, echo: echo)
        let command = try Self.command(answer)
        let plain = run(&bench, command, answer)
        #expect(plain.contains { $0.contains(" → ") })
        let usable = Self.insertions.filter { !endsExchange(command, $0) && !isAlike(command, $0) }
        let given = usable.map { (insertion: $0, events: alone(&bench, $0)) }
        #expect(!plain.contains { $0.contains("failed timeout") || $0.hasPrefix("anomaly") || $0.hasPrefix("unknown") })
        for place in (echo ? 0 : 1)...(answer.parts.count + 1) {
            let start = (row.offset + place) % given.count
            let rotated = given[start...] + given[..<start]
            let events = rotated.flatMap(\.events)
            let log = run(&bench, command, answer, with: [place: rotated.map(\.insertion).joined()])
            let unasked = log.filter { $0.hasPrefix("urc ") || $0.hasPrefix("unknown ") || $0.hasPrefix("message ") }
            #expect(unasked == events, "at \(place)")
            #expect(log.filter { !unasked.contains($0) } == plain, "at \(place)")
        }
    }

    @Test(arguments: ModuleAnswers.all, [true, false])
    func linesAtAllPlacesAtOnceKeepTheirOrder(answer: ModuleAnswer, echo: Bool) throws {
        var bench = Bench(answer.profile, echo: echo)
        let command = try Self.command(answer)
        let plain = run(&bench, command, answer)
        var places: [Int: String] = [:]
        for place in (echo ? 0 : 1)...(answer.parts.count + 1) {
            places[place] = "\r\n+CGEV: \(place)\r\n" + UnsolicitedSamples.message
        }
        let log = run(&bench, command, answer, with: places)
        #expect(log.filter { $0.hasPrefix("urc") } == places.keys.sorted().map { "urc +CGEV: \($0)" })
        #expect(log.filter { $0.hasPrefix("message 1 complete") }.count == places.count)
        #expect(log.filter { !$0.hasPrefix("urc") && !$0.hasPrefix("message") } == plain)
    }

    /// Where nothing tells an answer from a line that came unasked, each is delivered once.
    @Test(arguments: 0...3, [true, false])
    func aLineThatLooksLikeTheAnswerIsDeliveredOnce(place: Int, echo: Bool) throws {
        var bench = Bench(.a7600, echo: echo)
        let answer = ModuleAnswer("AT+CPIN?", ["+CPIN: READY", "OK"])
        let command = try Catalogue.command(line: answer.line)
        let log = run(&bench, command, answer, with: [place: "\r\n+CPIN: SIM PIN\r\n"])
        let lines = log.flatMap {
            $0.split(separator: " | ").map { $0.split(separator: " → ").last.map(String.init) ?? "" }
        }
        let delivered = lines.map { $0.hasPrefix("urc ") ? String($0.dropFirst(4)) : $0 }
        #expect(delivered.sorted() == ["+CPIN: READY", "+CPIN: SIM PIN", "OK"])
        #expect(log.filter { $0.hasPrefix("AT+CPIN? → ") }.count == 1)
        // Before the echo, and behind `OK`, there is no doubt.
        if place == 3 || (echo && place == 0) { #expect(log.contains("AT+CPIN? → +CPIN: READY | OK")) }
    }

    static let requests = ModuleAnswers.all.filter { answer in
        ["AT+CMQTTCONNECT=", "AT+CMQTTDISC=", "AT+CMQTTPUB=", "AT+CMQTTSUB=", "AT+CMQTTUNSUB="].contains {
            answer.line.hasPrefix($0) && !answer.line.hasSuffix("?")
        }
    }

    @Test(arguments: requests, ["+CMQTTCONNLOST: 0,2", "+CMQTTNONET"])
    func theLossOfTheConnectionEndsARequestAtOnce(answer: ModuleAnswer, loss: String) throws {
        var bench = Bench(answer.profile, echo: true)
        let command = try Self.command(answer)
        bench.submit(command)
        bench.receive(command.line + Array("\r\r\n\(loss)\r\n".utf8))
        let name = String(answer.line.prefix { $0 != "=" })
        let cause = loss == "+CMQTTNONET" ? "network" : "connection(client: 0, cause: 2)"
        #expect(bench.takeLog().sorted() == ["\(name) → failed lost \(cause)", "urc \(loss)"].sorted())
    }

    @Test(arguments: ["AT+CMQTTTOPIC=0,3", "AT+CMQTTPAYLOAD=0,3", "AT+CMQTTWILLTOPIC=0,3"])
    func theLossOfTheConnectionLeavesInputToItsOwnAnswer(line: String) throws {
        var bench = Bench(.a7600, echo: true)
        bench.submit(try Catalogue.command(line: line, data: Array("abc".utf8)))
        bench.receive(Array("\(line)\r\r\n+CMQTTCONNLOST: 0,1\r\n\r\n>".utf8))
        bench.receive(Array("\r\nOK\r\n".utf8))
        let name = String(line.prefix { $0 != "=" })
        #expect(bench.takeLog() == ["urc +CMQTTCONNLOST: 0,1", "\(name) → OK"])
    }

    @Test(arguments: ModuleAnswers.all, UnsolicitedSamples.restarts)
    func aRestartEndsWhateverIsOpen(answer: ModuleAnswer, restart: String) throws {
        var bench = Bench(answer.profile, echo: true)
        let command = try Self.command(answer)
        bench.submit(command)
        bench.receive(command.line + Array("\r\0\0\r\n\(restart)\r\n".utf8))
        let name = String(answer.line.prefix { $0 != "=" })
        let log = bench.takeLog()
        #expect(log.contains("\(name) → failed lost restarted"))
        #expect(log.contains("urc \(restart)"))
        #expect(log.contains("restarted unexpectedly"))
    }

    @Test func theSamplesCoverEveryDeclaredLine() {
        var bench = Bench(.a7600, echo: true)
        var kinds: Set<UnsolicitedLine.Kind> = []
        let stream = Self.insertions.joined() + UnsolicitedSamples.restarts.map { "\r\n\($0)\r\n" }.joined()
        for event in bench.events(of: Array(stream.utf8)) {
            switch event {
            case .urc(_, let id): UnsolicitedLine.kind(of: id).map { _ = kinds.insert($0) }
            case .frame(let frame):
                kinds.insert(frame.header.text.hasPrefix("+CMQTTRXTOPIC") ? .messageTopic : .messagePayload)
            case .late, .anomaly, .state, .restarted: break
            }
        }
        #expect(kinds == Set(UnsolicitedLine.Kind.allCases))
    }

    @Test func everyFormOfTheCatalogueHasAnExchange() throws {
        var seen: Set<String> = []
        for answer in ModuleAnswers.all {
            let body = answer.line.dropFirst(2).prefix { $0 != ";" }
            let name = body.prefix { $0 != "=" && $0 != "?" }
            let kind =
                body.hasSuffix("=?") ? "test" : body.hasSuffix("?") ? "read" : body.contains("=") ? "write" : "execute"
            seen.insert("\(name) \(kind)")
        }
        var wanted: Set<String> = []
        for description in Catalogue.commands {
            for form in description.forms { wanted.insert("\(description.name) \(form.kind.rawValue)") }
        }
        // Those change how the line itself is read; others test them.
        let elsewhere: Set<String> = ["E0 execute", "E1 execute", "V0 execute", "+CRESET execute"]
        #expect(wanted.subtracting(seen) == elsewhere)
    }
}
