import ATProtocol
import Testing

@testable import DeterministicSimulation

/// The simulation is worth what its watch sees: each broken property is noticed.
@Suite("Watch of the simulation") struct WatchTests {
    private var watch = Watch(isNoisy: false)
    private let now = Moment(nanoseconds: 0)

    private mutating func submit(_ number: UInt64, _ line: String, data: [UInt8]? = nil) -> ExchangeID {
        let id = ExchangeID(number)
        watch.submitted(id, Command(line: Array(line.utf8), data: data))
        return id
    }

    private func reply(_ lines: [String], result: String? = nil) -> Result<Reply, ATFailure> {
        .success(
            Reply(
                lines: lines.map { Line($0) },
                result: result.map { Line($0) },
                final: Line("OK"),
                writtenAt: now,
                completedAt: now
            )
        )
    }

    private func event(_ line: String) -> Event {
        Event(sequence: 0, at: now, body: .urc(Line(line), nil))
    }

    @Test("The answer to another question") mutating func anotherAnswer() {
        let (first, second) = (submit(1, "AT+CSSLCFG=0;+CSSLCFG=7"), submit(2, "AT+CSSLCFG=1;+CSSLCFG=7"))
        watch.completed(first, reply(["+CSSLCFG: 0,4", "+CSSLCFG: 7,4"]))
        #expect(watch.violations == [])
        watch.completed(second, reply(["+CSSLCFG: 0,4", "+CSSLCFG: 7,4"]))
        #expect(watch.violations.count == 1)
    }

    @Test("The result of another client") mutating func anotherResult() {
        let (first, second) = (submit(1, "AT+CMQTTDISC=0,60"), submit(2, "AT+CMQTTDISC=1,60"))
        watch.completed(first, reply([], result: "+CMQTTDISC: 0,0"))
        #expect(watch.violations == [])
        watch.completed(second, reply([], result: "+CMQTTDISC: 0,0"))
        #expect(watch.violations.count == 1)
    }

    @Test("Two commands at once") mutating func twoAtOnce() {
        _ = submit(1, "AT")
        _ = submit(2, "AT+CSQ")
        watch.wrote(Array("AT\r".utf8))
        watch.wrote(Array("AT+CSQ\r".utf8))
        #expect(watch.violations.count == 1)
    }

    @Test("Data before the prompt") mutating func unwantedData() {
        let data = Array("abc".utf8)
        _ = submit(1, "AT+CMQTTTOPIC=0,3", data: data)
        watch.wrote(Array("AT+CMQTTTOPIC=0,3\r".utf8))
        watch.delivered(Array("\r\n>".utf8))
        watch.wrote(data)
        #expect(watch.violations == [])
        watch.wrote(Array("AT+CMQTTTOPIC=0,3\r".utf8))
        watch.wrote(data)
        #expect(watch.violations.contains("data were written without a prompt"))
    }

    @Test("A command that completes twice") mutating func twice() {
        let id = submit(1, "AT")
        watch.completed(id, reply([]))
        watch.completed(id, reply([]))
        #expect(watch.violations.count == 1)
    }

    @Test("An unsolicited line that is lost, or comes twice", arguments: [0, 1, 2])
    mutating func unsolicited(times: Int) {
        watch.delivered(Array("\r\n+STORM: 5\r\n".utf8))
        for _ in 0..<times { watch.event(event("+STORM: 5")) }
        watch.settle(isWhole: true)
        #expect(watch.violations.isEmpty == (times == 1))
    }

    @Test("A message that the engine loses") mutating func lostMessage() {
        watch.arrived(Array("payload".utf8), for: 0)
        watch.settle(isWhole: true)
        #expect(watch.violations.count == 1)
    }
}
