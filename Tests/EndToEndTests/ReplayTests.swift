import Glibc
import Testing

/// Traces played back by the built program.
@Suite struct ReplayTests {
    /// Records a run of `script` and returns the trace.
    private func record(_ script: String, in folder: TemporaryFolder) async throws -> String {
        let trace = folder.path + "/recorded.jsonl"
        let run = try await Moonwire.run(["run", "-p", "sim:seed=7", "--trace", trace, script], in: folder)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        return trace
    }

    @Test func `a recorded run replays with the same decisions, and to the same script with the same bytes`()
        async throws
    {
        try await TemporaryFolder.with { folder in
            let script = Project.example("mqtt-plain.lua")
            let trace = try await record(script, in: folder)
            let decisions = try await Moonwire.run(["replay", trace], in: folder)
            #expect(decisions.status == 0, "\(decisions.output)\(decisions.errors)")
            #expect(decisions.output.contains("decisions, as recorded"))
            let again = try await Moonwire.run(["replay", trace, script], in: folder)
            #expect(again.status == 0, "\(again.output)\(again.errors)")
            #expect(again.output.contains("PASS mqtt-plain.lua"))
        }
    }

    @Test func `what a changed script writes otherwise is listed with both texts, status 1`() async throws {
        try await TemporaryFolder.with { folder in
            let trace = try await record(
                try folder.file("a.lua", "modem:at('AT+CSQ') modem:at('AT+CEREG?') modem:at('AT+CGMR')"),
                in: folder
            )
            let changed = try folder.file("b.lua", "modem:at('AT+CSQ') modem:at('AT+CREG?') modem:at('AT+CGMR')")
            let outcome = try await Moonwire.run(["replay", trace, changed], in: folder)
            #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.errors.contains("AT+CEREG?\\r"), "\(outcome.errors)")
            #expect(outcome.errors.contains("AT+CREG?\\r"), "\(outcome.errors)")
            #expect(outcome.output.contains("FAIL b.lua"), "\(outcome.output)")
            let results = try Records.all(in: folder).filter { $0["script"] as? String == "b.lua" }
            #expect(results.map { $0["exit"] as? Int } == [1], "\(results)")
            #expect((results.first?["reason"] as? String)?.contains("from the trace") == true, "\(results)")
        }
    }

    @Test func `ten recorded minutes of waiting replay at once`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file(
                "t.lua",
                "for i = 1, 10 do modem:at('AT+CSQ') time.sleep(params.pause) end print('all')"
            )
            let trace = folder.path + "/short.jsonl"
            let run = try await Moonwire.run(
                ["run", "-p", "sim", "--set", "pause=0", "--trace", trace, script],
                in: folder
            )
            #expect(run.status == 0, "\(run.errors)")
            let long = try folder.file("long.jsonl", Self.stretched(try String(reading: trace), minutes: 1))
            let start = ContinuousClock.now
            let outcome = try await Moonwire.run(["replay", "--set", "pause=60", long, script], in: folder)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("all"))
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    /// Each `AT+CSQ` and all that follows comes so much later than the one before.
    private static func stretched(_ trace: String, minutes: Int) -> String {
        var shift = -minutes * 60_000_000_000
        return trace.split(separator: "\n").map { line in
            if line.contains("\"ev\":\"submit\""), line.contains("AT+CSQ") { shift += minutes * 60_000_000_000 }
            return shifted(String(line), by: max(0, shift))
        }.joined(separator: "\n") + "\n"
    }

    private static func shifted(_ line: String, by shift: Int) -> String {
        var text = line
        if let range = text.firstRange(of: #/"t":(\d+)/#), let time = Int(text[range].dropFirst(4)) {
            text.replaceSubrange(range, with: "\"t\":\(time + shift)")
        }
        return text.replacing(#/\[(\d+),(\d+)\]/#) { "[\((Int($0.output.1) ?? 0) + shift),\($0.output.2)]" }
    }

    @Test func `a file that is no trace is 2, with its place`() async throws {
        try await TemporaryFolder.with { folder in
            let file = try folder.file("t.jsonl", "{\"v\":1}\nnonsense\n{}\n")
            let outcome = try await Moonwire.run(["replay", file], in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("t.jsonl:2"))
        }
    }
}

extension String {
    fileprivate struct Unreadable: Error {}

    fileprivate init(reading path: String) throws {
        guard let file = fopen(path, "r") else { throw Unreadable() }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        self.init(decoding: bytes, as: UTF8.self)
    }
}
