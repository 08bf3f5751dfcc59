import ATProtocol
import ModemSession
import ModemTransports
import SeededRandom
import Synchronization
import Testing

/// One script of commands over every kind of line.
@Suite(.timeLimit(.minutes(1)))
struct DialogueTests {
    @Test("The same script gives the same answers and events over an in-process line, a pty and TCP")
    func sameOverAll() async throws {
        let reference = try await Self.play(over: .inProcess)
        #expect(reference.count { $0.hasPrefix("ok") } == Self.script.count - 2)
        #expect(reference.count { $0.hasPrefix("fail") } == 2)
        for kind in [LineKind.serial, .tcp] {
            let log = try await Self.play(over: kind)
            #expect(log == reference, "\(kind.testDescription)")
        }
    }

    /// Plain, with lines, with data, with a result behind `OK`, refused, and with a message in it; all in a row.
    static let script: [Command] =
        (0..<20).flatMap { round in
            [
                StormPeer.command(round),
                Command(
                    line: Array("AT+TOPIC=7".utf8),
                    data: Array("a\r\nOK\r\n".utf8),
                    spec: CommandSpec(prompt: PromptSpec())
                ),
                Command(
                    line: Array("AT+PUB".utf8),
                    spec: CommandSpec(result: ResultSpec(shape: .prefix("+PUB", .integer), code: 0))
                ),
                Command(
                    line: Array("AT+LIST?".utf8),
                    spec: CommandSpec(information: [.prefix("+LIST")], arity: .many)
                ),
                Command(line: Array("AT+MESSAGE".utf8), spec: CommandSpec()),
            ]
        } + [Command(line: Array("AT+FAIL".utf8)), Command(line: Array("AT+PUB=1".utf8), spec: script1)]

    private static let script1 = CommandSpec(result: ResultSpec(shape: .prefix("+PUB", .integer), code: 0))

    private static func play(over kind: LineKind) async throws -> [String] {
        var configuration = Configuration()
        configuration.urcs = [URCSpec(.prefix("+NUM", .integer)), URCSpec(.prefix("+RXEND"), meaning: .blockEnd)]
        configuration.framers = [CountedFramer("+RX", cap: 1024)]
        let log = Mutex<[String]>([])
        try await kind.withEnds { transport, end in
            let module = DialogueModule(end, seed: 7)
            try await withSession(on: transport, configuration: configuration) { session in
                // How often it has been probed before is a matter of time.
                _ = try await session.send(Command(line: Array("AT".utf8)))
                session.observe { event in
                    log.withLock { $0.append("event \(event.body)") }
                }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let (done, isDone) = AsyncStream<Void>.makeStream()
                    for (number, command) in script.enumerated() {
                        session.submit(command, acknowledged: { log.withLock { $0.append("ack \(number)") } }) {
                            result in
                            log.withLock { $0.append(Self.text(number, result)) }
                            if number == script.count - 1 { isDone.finish() }
                        }
                    }
                    group.addTask { for await _ in done {} }
                    try await group.waitForAll()
                }
            }
            withExtendedLifetime(module) {}
        }
        return log.withLock { $0 }
    }

    private static func text(_ number: Int, _ result: Result<Reply, ATFailure>) -> String {
        switch result {
        case .success(let reply):
            "ok \(number) \(reply.lines.map(\.text)) \(reply.result?.text ?? "") \(reply.final.text)"
        case .failure(let failure):
            "fail \(number) \(failure.code) \(failure.text ?? "") \(failure.lines.map(\.text))"
        }
    }
}

/// A module that answers the script, in pieces of random size with numbered lines between.
private final class DialogueModule: Sendable {
    private struct State {
        var generator: SeededRandom
        var received: [UInt8] = []
        var dataLength: Int?
        var number = 0
    }

    private let end: any ModuleLine
    private let state: Mutex<State>

    init(_ end: any ModuleLine, seed: UInt64) {
        self.end = end
        state = Mutex(State(generator: SeededRandom(seed: seed)))
        end.onReceive { [weak self] bytes, _ in self?.receive(bytes) }
    }

    private func receive(_ bytes: [UInt8]) {
        let pieces = state.withLock { state -> [[UInt8]] in
            state.received += bytes
            var answers: [UInt8] = []
            while let answer = Self.step(&state) { answers += answer }
            return Self.cut(answers, &state)
        }
        for piece in pieces { end.send(piece) }
    }

    private static func step(_ state: inout State) -> [UInt8]? {
        if let length = state.dataLength {
            guard state.received.count >= length else { return nil }
            state.received.removeFirst(length)
            state.dataLength = nil
            return Array("\(guest(&state))\r\nOK\r\n".utf8)
        }
        guard let lineEnd = state.received.firstIndex(of: UInt8(ascii: "\r")) else { return nil }
        let line = String(decoding: state.received[..<lineEnd], as: UTF8.self)
        state.received.removeSubrange(...lineEnd)
        // Nothing comes unasked before the script begins: how often the module is probed is a matter of time.
        if line == "AT" { return Array("AT\r\r\nOK\r\n".utf8) }
        return Array((guest(&state) + "\(line)\r" + answer(line, &state)).utf8)
    }

    private static func answer(_ line: String, _ state: inout State) -> String {
        switch line {
        case "AT+TOPIC=7":
            state.dataLength = 7
            return "\r\n>"
        case "AT+PUB": return "\r\nOK\r\n\(guest(&state))\r\n+PUB: 0\r\n"
        case "AT+PUB=1": return "\r\n+PUB: 11\r\n\r\nERROR\r\n"
        case "AT+LIST?":
            return (0..<6).map { "\r\n+LIST: \($0),\"x,y\"\r\n\(guest(&state))" }.joined() + "\r\nOK\r\n"
        case "AT+MESSAGE": return "\r\n+RX: 0,9\r\na\r\nOK\r\n>>\r\n+RXEND: 0\r\n\r\nOK\r\n"
        case "AT+FAIL": return "\r\n+CME ERROR: SIM busy\r\n"
        default: return "\(guest(&state))\r\n+ANSWER: \(line.split(separator: "=").last ?? "")\r\n\r\nOK\r\n"
        }
    }

    private static func guest(_ state: inout State) -> String {
        guard Bool.random(using: &state.generator) else { return "" }
        state.number += 1
        return "\r\n+NUM: \(state.number)\r\n"
    }

    private static func cut(_ bytes: [UInt8], _ state: inout State) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            pieces.append(Array(rest.prefix(Int.random(in: 1...40, using: &state.generator))))
            rest = rest.dropFirst(pieces[pieces.count - 1].count)
        }
        return pieces
    }
}
