import ATProtocol
import ModemSession
import ModemTransports
import SeededRandom
import Synchronization
import Testing

/// Unsolicited lines in great number while commands are answered.
@Suite(.timeLimit(.minutes(2)))
struct StormTests {
    static let commands = 1000
    static let lines = 10_000

    @Test(
        "Of 10 000 unsolicited lines during 1000 commands none is lost, none out of order, every answer is its own",
        arguments: [LineKind.inProcess, .serial, .tcp]
    )
    func storm(kind: LineKind) async throws {
        var configuration = Configuration()
        configuration.urcs = [URCSpec(.prefix("+NUM", .integer))]
        try await kind.withEnds { transport, module in
            let peer = StormPeer(module, lines: Self.lines, commands: Self.commands, seed: 20_260_301)
            let seen = Mutex<[String]>([])
            try await withSession(on: transport, configuration: configuration) { session in
                let (rest, isComplete) = AsyncStream<Void>.makeStream()
                session.observe { event in
                    guard case .urc(let line, _) = event.body else { return }
                    let count = seen.withLock { seen in
                        seen.append(line.text)
                        return seen.count
                    }
                    if count == Self.lines { isComplete.finish() }
                }
                for number in 0..<Self.commands {
                    let reply = try await session.send(StormPeer.command(number))
                    #expect(reply.lines.map(\.text) == ["+ANSWER: \(number)"])
                }
                peer.sendRest()
                for await _ in rest {}
            }
            #expect(seen.withLock { $0 } == (0..<Self.lines).map { "+NUM: \($0)" })
        }
    }

    @Test("A slow reader of a storm is told exactly how many events it lost")
    func slowReader() async throws {
        var configuration = Configuration()
        configuration.urcs = [URCSpec(.prefix("+NUM", .integer))]
        let line = InProcessLine()
        let peer = StormPeer(line, lines: Self.lines, commands: Self.commands, seed: 7)
        try await withSession(on: line, configuration: configuration) { session in
            let slow = session.subscribe(.urc("+NUM"))
            for number in 0..<Self.commands {
                let reply = try await session.send(StormPeer.command(number))
                #expect(reply.lines.map(\.text) == ["+ANSWER: \(number)"])
            }
            peer.sendRest()
            try await transportPassed(line)
            slow.cancel()
            var read = 0
            var told = 0
            for await element in slow {
                switch element {
                case .event: read += 1
                case .dropped(let count): told += count
                }
            }
            #expect(read == 64)
            #expect(told == Self.lines - 64)
            #expect(slow.dropped == told)
        }
    }

    private func transportPassed(_ line: InProcessLine) async throws {
        for _ in 0..<3 { try await line.executor.passed() }
    }
}

/// A module that answers numbered commands and strews numbered lines between.
final class StormPeer: Sendable {
    private struct State {
        var generator: SeededRandom
        var pending: [UInt8] = []
        var next = 0
    }

    private let module: any ModuleLine
    private let lines: Int
    private let perCommand: Int
    private let state: Mutex<State>

    init(_ module: any ModuleLine, lines: Int, commands: Int, seed: UInt64) {
        self.module = module
        self.lines = lines
        perCommand = lines / commands
        state = Mutex(State(generator: SeededRandom(seed: seed)))
        module.onReceive { [weak self] bytes, _ in self?.receive(bytes) }
    }

    static func command(_ number: Int) -> Command {
        Command(
            line: Array("AT+ASK=\(number)".utf8),
            spec: CommandSpec(information: [.prefix("+ANSWER", .integer)], arity: .one)
        )
    }

    /// What has not been sent when the last command was answered.
    func sendRest() {
        let rest = state.withLock { state in take(lines - state.next, &state) }
        module.send(Array(rest.utf8))
    }

    private func receive(_ bytes: [UInt8]) {
        let answers = state.withLock { state -> [[UInt8]] in
            state.pending += bytes
            var answers: [[UInt8]] = []
            while let end = state.pending.firstIndex(of: UInt8(ascii: "\r")) {
                let line = String(decoding: state.pending[..<end], as: UTF8.self)
                state.pending.removeSubrange(...end)
                answers += cut(Array(answer(to: line, &state).utf8), &state)
            }
            return answers
        }
        for piece in answers { module.send(piece) }
    }

    private func answer(to line: String, _ state: inout State) -> String {
        guard line.hasPrefix("AT+ASK=") else { return "\(line)\r\r\nOK\r\n" }
        let number = line.dropFirst("AT+ASK=".count)
        let parts = (0..<4).map { _ in Int.random(in: 0...perCommand / 2, using: &state.generator) }
        let storm = parts.map { take($0, &state) }
        return "\(storm[0])\(line)\r\(storm[1])\r\n+ANSWER: \(number)\r\n\(storm[2])\r\nOK\r\n\(storm[3])"
    }

    private func take(_ count: Int, _ state: inout State) -> String {
        var text = ""
        for _ in 0..<min(count, lines - state.next) {
            text += "\r\n+NUM: \(state.next)\r\n"
            state.next += 1
        }
        return text
    }

    /// In pieces of random size.
    private func cut(_ bytes: [UInt8], _ state: inout State) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...64, using: &state.generator)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }
}
