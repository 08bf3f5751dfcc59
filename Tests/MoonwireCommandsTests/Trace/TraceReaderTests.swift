import ATProtocol
import Testing

@testable import MoonwireCommands

@Suite struct TraceReaderTests {
    private let header = #"{"v":1,"profile":"a7600","port":"/dev/ttyUSB2","wall":"2026-03-01T09:38:00.000000Z"}"# + "\n"

    private func read(_ text: String) throws -> (entries: [TraceEntry], isCutShort: Bool) {
        try TraceOnDisk.with(text) { path in
            var reader = try TraceReader(path: path)
            var entries: [TraceEntry] = []
            while let entry = try reader.next() { entries.append(entry) }
            return (entries, reader.isCutShort)
        }
    }

    @Test func `A record keeps everything that was written about it`() throws {
        let line = """
            {"n":41,"t":1834112907,"w":"2026-03-01T09:38:02.114912Z","g":2,"x":7,"ev":"line","d":"+CSQ: \\u0000\u{FF}\\r\\n",\
            "as":"info","rule":3,"cuts":[[1834098001,5],[1834112907,5]],"mask":[[1,3,"pin"]]}
            """
        let entry = try #require(try read(header + line + "\n").entries.first)
        #expect(entry.wall == "2026-03-01T09:38:02.114912Z")
        #expect(
            entry.record
                == Record(
                    number: 41,
                    at: Moment(nanoseconds: 1_834_112_907),
                    generation: PortGeneration(2),
                    exchange: ExchangeID(7),
                    kind: .line,
                    bytes: Array("+CSQ: ".utf8) + [0, 0xFF, 13, 10],
                    reading: "info",
                    rule: 3,
                    cuts: [
                        Record.Cut(at: Moment(nanoseconds: 1_834_098_001), count: 5),
                        Record.Cut(at: Moment(nanoseconds: 1_834_112_907), count: 5),
                    ],
                    mask: [Record.Mask(range: 1..<4, label: "pin")]
                )
        )
    }

    @Test func `A last line that is cut short counts as absent, wherever it is cut`() throws {
        let whole = #"{"n":0,"t":0,"ev":"tx","d":"AT\r"}"#
        for count in 1..<whole.utf8.count {
            let cut = String(decoding: whole.utf8.prefix(count), as: UTF8.self)
            let (entries, isCutShort) = try read(header + whole + "\n" + cut)
            #expect(entries.count == 1)
            #expect(isCutShort)
        }
    }

    @Test func `A last line without its line end is read if it is whole`() throws {
        let (entries, isCutShort) = try read(header + #"{"n":0,"t":0,"ev":"tx","d":"AT\r"}"#)
        #expect(entries.count == 1)
        #expect(!isCutShort)
    }

    @Test(arguments: [
        (#"{"n":1"#, "3:7: no JSON"), (#"[1]"#, "3: a record is an object"),
        (#"{"n":1,"t":1}"#, "3: the record has no \"ev\""),
        (#"{"n":1,"t":1,"ev":"rx"}"#, "3: unknown \"ev\": \"rx\""),
        (#"{"n":1,"ev":"tx"}"#, "3: the record's \"t\" is missing"),
        (#"{"n":-1,"t":0,"ev":"tx"}"#, "3: the record's \"n\" is -1; a whole number from 0"),
        (#"{"n":1,"t":0,"ev":"tx","d":"Ā"}"#, "3: the record's \"d\" has the character U+100"),
        (#"{"n":1,"t":0,"ev":"tx","d":7}"#, "3: the record's \"d\" is no string"),
        (#"{"n":1,"t":0,"ev":"line","d":"a","cuts":[[1]]}"#, "3: the record's \"cuts\""),
        (#"{"n":1,"t":0,"ev":"line","d":"abc","mask":[[2,2,"pin"]]}"#, "3: the record's \"mask\""),
        ("", "3:1: no JSON"),
    ])
    func `Any other line that is no record is named by its number`(line: String, problem: String) {
        let good = #"{"n":0,"t":0,"ev":"tx","d":"AT\r"}"# + "\n"
        #expect { try read(header + good + line + "\n" + good) } throws: { error in
            guard let failure = error as? CommandFailure else { return false }
            return failure.status == .usage && failure.message.contains(problem)
        }
    }

    @Test(arguments: [
        ("", "the file is empty"), ("hello\n", ":1:1: no JSON"), ("{\"n\":1}\n", ":1: a trace begins with"),
        ("{\"v\":2}\n", "version 2"),
    ])
    func `A file that is no trace is refused`(text: String, problem: String) {
        #expect { try read(text) } throws: { error in
            guard let failure = error as? CommandFailure else { return false }
            return failure.status == .usage && failure.message.contains(problem)
        }
    }

    @Test func `A file that is not there is a usage error`() {
        #expect { try TraceTimeline(path: "/nonexistent/trace.jsonl") } throws: { error in
            (error as? CommandFailure)?.message.contains("No such file") == true
        }
    }

    @Test func `Records that the sink dropped stand at the time of the record before`() throws {
        let lines = #"{"n":0,"t":5,"ev":"tx","d":"AT\r"}"# + "\n" + #"{"n":9,"w":"","ev":"dropped","as":"8"}"# + "\n"
        let last = try #require(try read(header + lines).entries.last)
        #expect(last.dropped == 8)
        #expect(last.record.at == Moment(nanoseconds: 5))
    }

    @Test func `Lines longer than one read of the file are whole`() throws {
        let text = String(repeating: "x", count: 200_000)
        let line = #"{"n":0,"t":0,"ev":"tx","d":""# + text + "\"}\n"
        let (entries, _) = try read(header + line + line)
        #expect(entries.map(\.record.bytes.count) == [200_000, 200_000])
    }
}
