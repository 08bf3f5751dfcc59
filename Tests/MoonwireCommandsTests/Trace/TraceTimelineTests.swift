import ATProtocol
import Testing

@testable import MoonwireCommands

@Suite struct TraceTimelineTests {
    private func exchanges(_ timeline: TraceTimeline) -> [TraceExchange] {
        timeline.items.compactMap { if case .exchange(let exchange) = $0 { exchange } else { nil } }
    }

    @Test func `Every command of a session has its data, its answer and its end`() throws {
        let timeline = try TraceTimeline(path: TraceOnDisk.recorded("mqtt-plain"))
        let exchanges = exchanges(timeline)
        #expect(timeline.count == TraceTimeline.Count(commands: 15, failed: 0, unsolicited: 4, anomalies: 0))
        #expect(exchanges.allSatisfy { $0.outcome == .succeeded })
        let payload = try #require(exchanges.first { $0.command == Array("AT+CMQTTPAYLOAD=0,24".utf8) })
        #expect(payload.data == Array(#"{"rssi":-67,"unit":"m7"}"#.utf8))
        let publish = try #require(exchanges.first { $0.command == Array("AT+CMQTTPUB=0,1,60".utf8) })
        #expect(publish.answer.map { ByteText.line($0.record.bytes) } == ["OK", "+CMQTTPUB: 0,0"])
        #expect(publish.end - publish.start == .milliseconds(11))
    }

    @Test func `A held line belongs where it was resolved to`() throws {
        let timeline = try TraceOnDisk.timeline([
            #"{"n":0,"t":0,"x":3,"ev":"tx","d":"AT+CPSI?\r"}"#,
            #"{"n":1,"t":1,"x":3,"ev":"line","d":"\r\n+CPSI: 1\r\n","as":"held"}"#,
            #"{"n":2,"t":2,"ev":"line","d":"\r\n+CREG: 1\r\n","as":"held"}"#,
            #"{"n":3,"t":3,"x":3,"ev":"resolve","as":"info","rule":3,"of":1}"#,
            #"{"n":4,"t":4,"ev":"resolve","as":"urc","rule":5,"of":2}"#,
            #"{"n":5,"t":5,"x":3,"ev":"line","d":"\r\nOK\r\n","as":"final","rule":2}"#,
        ])
        #expect(exchanges(timeline).map { $0.answer.map(\.record.reading) } == [["info", "final"]])
        #expect(timeline.count.unsolicited == 1)
    }

    @Test(arguments: [
        (["\\r\\nOK\\r\\n", "final"], TraceExchange.Outcome.succeeded),
        (["\\r\\nERROR\\r\\n", "final"], .failed("ERROR")),
        (["\\r\\n+CME ERROR: 10\\r\\n", "final"], .failed("+CME ERROR: 10")),
        (["\\r\\nOK\\r\\n", "final", "\\r\\n+CMQTTPUB: 0,0\\r\\n", "result"], .succeeded),
        (["\\r\\nOK\\r\\n", "final", "\\r\\n+CMQTTPUB: 0,11\\r\\n", "result"], .failed("+CMQTTPUB: 0,11")),
        (["\\r\\n+CMQTTSTART: 23\\r\\n", "result", "\\r\\nERROR\\r\\n", "final"], .failed("+CMQTTSTART: 23")),
        (["\\r\\n+CSQ: 20,99\\r\\n", "info"], .open),
        ([], .open),
    ])
    func `The outcome follows from the answer where the trace ends before the command`(
        lines: [String],
        outcome: TraceExchange.Outcome
    ) throws {
        var records = [#"{"n":0,"t":0,"x":1,"ev":"tx","d":"AT+X\r"}"#]
        for index in stride(from: 0, to: lines.count, by: 2) {
            records.append(
                #"{"n":\#(index + 1),"t":1,"x":1,"ev":"line","d":"\#(lines[index])","as":"\#(lines[index + 1])"}"#
            )
        }
        #expect(exchanges(try TraceOnDisk.timeline(records)).map(\.outcome) == [outcome])
    }

    @Test func `A command given up is a failure although no line says so`() throws {
        let timeline = try TraceOnDisk.timeline([
            #"{"n":0,"t":0,"x":1,"ev":"tx","d":"AT+X\r"}"#, #"{"n":1,"t":9000000000,"x":1,"ev":"done","as":"timeout"}"#,
        ])
        #expect(exchanges(timeline).map(\.outcome) == [.failed("timeout")])
        #expect(timeline.items.firstIndex(where: \.isFault) == 0)
    }

    @Test func `Empty lines and timers make no items`() throws {
        let timeline = try TraceOnDisk.timeline([
            #"{"n":0,"t":0,"ev":"line","d":"\r\n"}"#, #"{"n":1,"t":0,"ev":"timer","as":"x"}"#,
        ])
        #expect(timeline.items.isEmpty)
    }
}
