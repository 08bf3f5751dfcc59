import SeededRandom
import Testing

@testable import ATProtocol

/// A day on the line: commands, unsolicited lines, answers that come too late, reboots.
@Suite("Long run")
struct LongRunTests {
    private static let hours = 24
    private static let commandsPerHour = 240

    @Test("After 24 hours every command has had its own answer, and no more is remembered than after one")
    func day() throws {
        var day = try Day()
        var afterOneHour = 0
        for hour in 1...Self.hours {
            for _ in 0..<Self.commandsPerHour { try day.command() }
            try day.reboot(after: hour)
            #expect(day.bench.openExchanges == 0, "hour \(hour)")
            #expect(day.bench.bufferedBytes == 0, "hour \(hour)")
            if hour == 1 { afterOneHour = day.bench.bookkeeping }
            #expect(day.bench.bookkeeping <= afterOneHour, "hour \(hour)")
            day.checkHour()
        }
        #expect(day.answered + day.timedOut + day.restarted == Self.hours * Self.commandsPerHour)
        #expect(day.timedOut > Self.hours && day.restarted > 0 && day.late > 0)
        #expect(day.bench.now >= Moment(nanoseconds: 0) + .seconds(Self.hours * 3600))
    }

    /// A module that answers with the number of the command.
    private struct Day: ~Copyable {
        var bench: Bench
        private var random = SeededRandom(seed: 24)
        private var number: UInt64 = 0
        private var expected: [String] = []
        private(set) var answered = 0
        private(set) var timedOut = 0
        private(set) var restarted = 0
        private(set) var late = 0

        init() throws { bench = try Bench(Catalog.configuration()) }

        private mutating func send(_ text: String) throws {
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let piece = rest.prefix(1 + random.below(24))
                try bench.receive(piece)
                rest = rest.dropFirst(piece.count)
            }
        }

        mutating func command() throws {
            number += 1
            let line = "AT+ASK=\(number)"
            try bench.submit(
                number,
                Command(
                    line: Array(line.utf8),
                    spec: CommandSpec(information: [.prefix("+ANSWER", .integer)], arity: .one, maximum: .seconds(4))
                )
            )
            try bench.written(Array("\(line)\r".utf8))
            let urc = "\r\n+CREG: \(random.below(6))\r\n"
            if random.below(2) == 0 { try send(urc) }
            switch random.below(50) {
            case 0:
                // Its answer comes when nobody waits for it any more.
                try bench.wait(.seconds(5))
                expected.append("fail \(number) timeout gate")
                try send("\(line)\r\r\n+ANSWER: \(number)\r\n\r\nOK\r\n")
                try bench.wait(.seconds(10))
            case 1 where number.isMultiple(of: 2):
                try send("\(line)\r\r\n*ATREADY: 1\r\n")
                expected.append("fail \(number) lost restarted")
                try boot()
            default:
                try send("\(line)\r")
                if random.below(2) == 0 { try send(urc) }
                try send("\r\n+ANSWER: \(number)\r\n\r\nOK\r\n\(urc)")
                expected.append("ok \(number) | +ANSWER: \(number)")
                try bench.wait(.seconds(15))
            }
        }

        mutating func reboot(after hour: Int) throws {
            guard hour.isMultiple(of: 2) else { return }
            try send("\r\n*ATREADY: 1\r\n\r\n+CPIN: READY\r\n\r\nSMS DONE\r\n")
            try boot()
        }

        /// The module is quiet for a while; then it is found, and set up again.
        private mutating func boot() throws {
            try bench.wait(.seconds(3))
            for _ in 0..<8 where !bench.unconfirmedWrites.isEmpty {
                let write = bench.unconfirmedWrites[0]
                try bench.written(write)
                try send(String(decoding: write, as: UTF8.self) + "\r\nOK\r\n")
            }
            try bench.wait(.seconds(12))
        }

        /// Compares what came out in this hour with what was to come, and forgets both.
        mutating func checkHour() {
            let log = bench.takeLog()
            let outcomes = log.filter { $0.hasPrefix("ok ") || $0.hasPrefix("fail ") }
            #expect(outcomes == expected)
            answered += outcomes.count { $0.hasPrefix("ok") }
            timedOut += outcomes.count { $0.contains("timeout") }
            restarted += outcomes.count { $0.hasSuffix("restarted") }
            late += log.count { $0.hasPrefix("late") }
            expected = []
        }
    }
}
