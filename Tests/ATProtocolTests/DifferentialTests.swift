import SeededRandom
import Testing

@testable import ATProtocol

/// The engine against `SlowReader` on streams without faults.
@Suite("Differential")
struct DifferentialTests {
    @Test("The engine reads what an obvious reader of the whole stream reads", arguments: 0..<8)
    func sameReading(batch: UInt64) throws {
        for seed in (batch * 10)..<(batch * 10 + 10) {
            var script = try Script(seed: seed)
            let stream = try script.play(commands: 24)
            let expected = SlowReader.read(stream, script.questions)
            #expect(expected.answers.count == 24, "seed \(seed)")
            #expect(script.dialogue == expected, "seed \(seed)")
        }
    }

    /// Plays random commands on a bench, and plays a module that answers them.
    struct Script: ~Copyable {
        private static let guests: [[UInt8]] = [
            "+CREG: 5", "+CGEV: NW DETACH", "SMS DONE", "%UNHEARD: 7", "NO CARRIER", "OKLAHOMA", "+CSQN: 1,2",
            "+CMQTTRXSTART: 0,3,5", "+CMQTTCONNLOST: 3,1", "\u{e9}t\u{e9}",
        ].map { Array($0.utf8) }

        private var random: SeededRandom
        private var bench: Bench
        private(set) var questions: [SlowReader.Question] = []
        private var stream: [UInt8] = []

        init(seed: UInt64) throws {
            random = SeededRandom(seed: seed)
            bench = try Bench(Catalog.configuration())
        }

        /// - Returns: all that the module has sent.
        mutating func play(commands: Int) throws -> [UInt8] {
            for number in 1...UInt64(commands) {
                let names = [
                    "at", "csq", "cops?", "creg;csq", "csslcfg", "connect?", "topic0", "payload20", "publish0",
                ]
                let command = try #require(Catalog.command(names[random.below(names.count)]))
                let question = SlowReader.Question(command)
                questions.append(question)
                try bench.submit(number, command)
                try bench.written(command.line + [0x0D])
                try answer(question, command)
            }
            return stream
        }

        /// What the engine has made of it, in the words of the slow reader.
        var dialogue: SlowReader.Dialogue {
            var dialogue = SlowReader.Dialogue()
            for action in bench.actions {
                switch action {
                case .complete(_, .success(let reply)):
                    let result = reply.result.map { [$0] } ?? []
                    dialogue.answers.append((reply.lines + [reply.final] + result).map { Escapes.text($0.bytes) })
                case .complete(_, .failure(let failure)):
                    dialogue.answers.append((failure.lines.map(\.text)) + [failure.text ?? ""])
                case .deliver(let event):
                    switch event.body {
                    case .urc(let line, _): dialogue.events.append(Escapes.text(line.bytes))
                    case .frame(let frame):
                        let (header, body) = (Escapes.text(frame.headerBytes), Escapes.text(frame.body))
                        dialogue.events.append("\(header) | \(body)")
                    case .late, .anomaly, .state, .restarted: dialogue.events.append("\(event.body)")
                    }
                case .write, .setDeadline, .acknowledge, .link, .trace: break
                }
            }
            return dialogue
        }

        private mutating func answer(_ question: SlowReader.Question, _ command: Command) throws {
            try guest()
            try send(command.line + [0x0D])
            if let data = command.data {
                try guest()
                try send(Array("\r\n>".utf8) + (random.below(2) == 0 ? [] : [UInt8(ascii: " ")]))
                try bench.written(data)
            }
            for line in lines(of: question) {
                try guest()
                try send(Array("\r\n\(line)\r\n".utf8))
            }
            try guest()
            let fails = command.data == nil && random.below(6) == 0
            try send(Array((fails ? "\r\n+CME ERROR: SIM busy\r\n" : "\r\nOK\r\n").utf8))
            if let result = question.result, !fails {
                try guest()
                try send(Array("\r\n\(result) 0,0\r\n".utf8))
            }
            try guest()
        }

        private mutating func lines(of question: SlowReader.Question) -> [String] {
            switch question.line {
            case "AT+CSQ": ["+CSQ: \(random.below(32)),99"]
            case "AT+COPS?": ["+COPS: 0,0,\"OK Mobile\",7"]
            case "AT+CREG?;+CSQ": ["+CREG: 0,\(random.below(6))", "+CSQ: 20,99"]
            case "AT+CSSLCFG=6": ["+CSSLCFG: 6,4,0,1,300,\"\",\"\",\"\",0,\",1,300,\"\","]
            case "AT+CMQTTCONNECT?": ["+CMQTTCONNECT: 0,\"tcp://b:8883\",60,1", "+CMQTTCONNECT: 1"]
            default: []
            }
        }

        /// Now and then something unasked: a line, or a message whose payload looks like anything.
        private mutating func guest() throws {
            switch random.below(4) {
            case 0: try send(Array("\r\n".utf8) + Self.guests[random.below(Self.guests.count)] + Array("\r\n".utf8))
            case 1:
                let words = ["\r\nOK\r\n", "> ", "\u{0}", "+CMQTTRXEND: 0\r\n", "x", "\r", "ERROR"].map {
                    Array($0.utf8)
                }
                let payload = (0...random.below(6)).flatMap { _ in words[random.below(words.count)] }
                try send(Array("\r\n+CMQTTRXTOPIC: 0,3\r\na/b\r\n+CMQTTRXPAYLOAD: 0,\(payload.count)\r\n".utf8))
                try send(payload + Array("\r\n+CMQTTRXEND: 0\r\n".utf8))
            default: break
            }
        }

        /// In pieces of any size.
        private mutating func send(_ bytes: [UInt8]) throws {
            stream += bytes
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(1 + random.below(20))
                rest = rest.dropFirst(piece.count)
                try bench.receive(piece)
            }
        }
    }
}

extension SlowReader.Question {
    fileprivate init(_ command: Command) {
        let line = String(decoding: command.line, as: UTF8.self)
        let information: [String: [String]] = [
            "AT+CSQ": ["+CSQ:"], "AT+COPS?": ["+COPS:"], "AT+CREG?;+CSQ": ["+CREG: 0,", "+CSQ:"],
            "AT+CSSLCFG=6": ["+CSSLCFG:"], "AT+CMQTTCONNECT?": ["+CMQTTCONNECT:"],
        ]
        self.init(
            line: line,
            information: information[line] ?? [],
            result: line.hasPrefix("AT+CMQTTPUB") ? "+CMQTTPUB:" : nil,
            data: command.data
        )
    }
}
