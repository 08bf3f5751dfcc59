import ATProtocol
import Foundation
import ModemSession
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TraceFileTests {
    private static let header = TraceHeader(
        profile: "a7600",
        port: "/dev/ttyUSB2",
        wall: WallTime(nanoseconds: 1_772_357_882_114_912_000),
        origin: Moment(nanoseconds: 1000)
    )

    @Test("The first line describes the trace, each record is one line as the format says")
    func format() async throws {
        let lines = try await Self.trace { file in
            file.begin(Self.header)
            file.record(
                Record(
                    number: 41,
                    at: Moment(nanoseconds: 1_834_113_907),
                    generation: PortGeneration(1),
                    exchange: ExchangeID(7),
                    kind: .line,
                    bytes: Array("+CSQ: 20,99\r\n".utf8),
                    reading: "info",
                    rule: 3,
                    cuts: [
                        Record.Cut(at: Moment(nanoseconds: 1_834_099_001), count: 9),
                        Record.Cut(at: Moment(nanoseconds: 1_834_113_907), count: 4),
                    ]
                ),
                wall: WallTime(nanoseconds: 1_772_357_882_114_912_000)
            )
            file.record(
                Record(
                    number: 52,
                    at: Moment(nanoseconds: 2_210_045_120),
                    generation: PortGeneration(1),
                    exchange: ExchangeID(9),
                    kind: .tx,
                    bytes: Array("AT+CPIN=\"****\"\r".utf8),
                    mask: [Record.Mask(range: 9..<13, label: "pin")]
                ),
                wall: WallTime(nanoseconds: 1_772_357_882_490_843_999)
            )
            file.record(
                Record(
                    number: 53,
                    at: Moment(nanoseconds: 3000),
                    generation: PortGeneration(2),
                    kind: .resolve,
                    reading: "urc",
                    rule: 5,
                    resolves: 41
                ),
                wall: WallTime(nanoseconds: 0)
            )
        }
        #expect(
            lines == [
                #"{"v":1,"profile":"a7600","port":"/dev/ttyUSB2","wall":"2026-03-01T09:38:02.114912Z"}"#,
                #"{"n":41,"t":1834112907,"w":"2026-03-01T09:38:02.114912Z","g":1,"x":7,"ev":"line","d":"+CSQ: 20,99\r\n","as":"info","rule":3,"cuts":[[1834098001,9],[1834112907,4]]}"#,
                #"{"n":52,"t":2210044120,"w":"2026-03-01T09:38:02.490843Z","g":1,"x":9,"ev":"tx","d":"AT+CPIN=\"****\"\r","mask":[[9,4,"pin"]]}"#,
                #"{"n":53,"t":2000,"w":"1970-01-01T00:00:00.000000Z","g":2,"ev":"resolve","as":"urc","rule":5,"of":41}"#,
            ]
        )
    }

    @Test(
        "Times of one second differ in their fraction, and a day ends as it should",
        arguments: [
            (1_772_357_882_000_000_999, "2026-03-01T09:38:02.000000Z"),
            (951_782_399_999_999_999, "2000-02-28T23:59:59.999999Z"),
            (951_782_400_000_001_000, "2000-02-29T00:00:00.000001Z"),
            (-1000, "1969-12-31T23:59:59.999999Z"),
        ]
    )
    func wallTimes(nanoseconds: Int64, text: String) async throws {
        #expect(WallTime(nanoseconds: nanoseconds).text == text)
        let times = [nanoseconds, nanoseconds + 1000, nanoseconds + 1_000_000_000, nanoseconds]
        let lines = try await Self.trace { file in
            for time in times { file.record(Self.record(1), wall: WallTime(nanoseconds: time)) }
        }
        for (line, time) in zip(lines, times) {
            #expect(line.contains("\"w\":\"\(WallTime(nanoseconds: time).text)\""))
        }
    }

    @Test("Commands of the session itself count from the highest number downwards")
    func highestNumbers() async throws {
        var record = Self.record(1)
        record.exchange = ExchangeID(.max)
        record.resolves = .max - 1
        let lines = try await Self.trace { $0.record(record, wall: WallTime(nanoseconds: 0)) }
        #expect(lines.last?.contains("\"x\":18446744073709551615,") == true)
        #expect(lines.last?.contains("\"of\":18446744073709551614}") == true)
    }

    @Test("Any JSON reader restores all byte values")
    func allBytes() async throws {
        let bytes = (0...255).map { UInt8($0) }
        let lines = try await Self.trace { file in
            file.record(
                Record(
                    number: 0,
                    at: Moment(nanoseconds: 0),
                    generation: PortGeneration(1),
                    kind: .frame,
                    bytes: bytes
                ),
                wall: WallTime(nanoseconds: 0)
            )
        }
        let object = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
        let text = try #require(object?["d"] as? String)
        #expect(text.unicodeScalars.map(\.value) == bytes.map(UInt32.init))
    }

    @Test("A queue without room drops records, says how many, and never waits")
    func overflow() async throws {
        let count = 200_000
        let lines = try await Self.trace(capacity: 64) { file in
            for number in 0..<count { file.record(Self.record(number), wall: WallTime(nanoseconds: 0)) }
        }
        let objects = try lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
        let dropped = objects.filter { $0?["ev"] as? String == "dropped" }
        let told = dropped.compactMap { Int($0?["as"] as? String ?? "") }.reduce(0, +)
        #expect(told > 0)
        #expect(objects.count - dropped.count + told == count)
    }

    @Test("A disk that is full is reported, and nothing else suffers")
    func fullDisk() async throws {
        let file = try TraceFile(path: "/dev/full")
        file.record(Self.record(1), wall: WallTime(nanoseconds: 0))
        await file.finish()
        #expect(file.failure == ENOSPC)
    }

    @Test("A file that cannot be created is an error with its path")
    func noFolder() {
        let error = #expect(throws: TraceFileError.self) { () throws in
            _ = try TraceFile(path: "/nonexistent/trace.jsonl")
        }
        #expect(error == TraceFileError(path: "/nonexistent/trace.jsonl", errno: ENOENT))
    }

    @Test("A session's trace holds each received byte once, in order")
    func sessionTrace() async throws {
        let answer = "AT+CSQ\r\r\n+CREG: 1\r\n\r\n+CSQ: 20,99\r\n\r\nOK\r\n"
        let modem = ScriptedModem { $0 == "AT+CSQ\r" ? [.send(answer)] : ScriptedModem.echoAndOK($0) }
        let lines = try await Self.trace { file in
            try await withSession(on: modem, configuration: .plain, trace: file) { session in
                _ = try await session.send(.signal)
            }
        }
        var received = ""
        for line in lines.dropFirst() {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let kind = object?["ev"] as? String
            guard let kind, ["echo", "line", "prompt", "frame", "dataecho", "noise"].contains(kind) else { continue }
            received += object?["d"] as? String ?? ""
        }
        #expect(received == "AT\r\r\nOK\r\n" + answer)
        #expect(lines.contains { $0.contains(#""ev":"tx""#) && $0.contains(#""d":"AT+CSQ\r""#) })
    }

    @Test(
        "Wall time is written as ISO 8601 in UTC",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (951_782_399, "2000-02-28T23:59:59.000000Z"),
            (951_868_800, "2000-03-01T00:00:00.000000Z"), (4_107_542_400, "2100-03-01T00:00:00.000000Z"),
            (-1, "1969-12-31T23:59:59.000000Z"),
        ]
    )
    func wallTime(seconds: Int64, text: String) {
        #expect(WallTime(nanoseconds: seconds * 1_000_000_000).text == text)
    }

    private static func record(_ number: Int) -> Record {
        Record(
            number: UInt64(number),
            at: Moment(nanoseconds: Int64(number)),
            generation: PortGeneration(1),
            kind: .line,
            bytes: Array("+CSQ: 20,99\r\n".utf8)
        )
    }

    /// The lines of a trace that `body` has written.
    private static func trace(
        capacity: Int = 65_536,
        _ body: (TraceFile) async throws -> Void
    ) async throws -> [String] {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("trace-\(UUID()).jsonl").path
        defer { unlink(path) }
        let file = try TraceFile(path: path, capacity: capacity)
        try await body(file)
        await file.finish()
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}
