import A7600
import ATProtocol
import ModemSession
import ModemTransports
import Synchronization

/// 1000 commands while the peer puts 10 000 numbered lines around and between their answers.
///
/// `storm PATH SEED`. Fails unless every line came, once and in order, and every answer was its command's own.
struct Storm {
    private static let commands = 1000
    private static let lines = 10_000

    private let path: String
    private let seed: Int

    init(_ arguments: ArraySlice<String>) throws {
        let arguments = Array(arguments)
        guard arguments.count == 2, let seed = Int(arguments[1]) else { throw BenchFailure("storm PATH SEED") }
        path = arguments[0]
        self.seed = seed
    }

    func run() async throws {
        let seen = Mutex<[Int]>([])
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        try await withSession(
            on: SerialTransport(bench: path),
            configuration: Profile.a7600.engineConfiguration()
        ) { session in
            session.observe { event in
                guard case .urc(let line, _) = event.body, line.text.hasPrefix("+BENCHURC: ") else { return }
                let count = seen.withLock { seen in
                    seen.append(Int(line.text.dropFirst(11)) ?? -1)
                    return seen.count
                }
                if count == Self.lines { end.yield() }
            }
            let start = monotonic()
            _ = try await session.send(try Catalogue.command(line: "AT+BENCHSTORM=\(seed),\(Self.lines)"))
            for number in 0..<Self.commands {
                var command = try Catalogue.command(line: "AT+BENCHECHO=\(number)")
                command.spec.information = [.prefix("+BENCHECHO", .integer)]
                command.spec.arity = .one
                let reply = try await session.send(command)
                guard reply.lines.map(\.text) == ["+BENCHECHO: \(number)"] else {
                    throw BenchFailure("command \(number) was answered \(reply.lines.map(\.text))")
                }
            }
            for await _ in ended { break }
            let numbers = seen.withLock { $0 }
            guard numbers == Array(0..<Self.lines) else {
                throw BenchFailure("\(numbers.count) lines of \(Self.lines), or not in order")
            }
            print("storm,\(Self.commands),\(Self.lines),\((monotonic() - start) / 1000)")
        }
    }
}
