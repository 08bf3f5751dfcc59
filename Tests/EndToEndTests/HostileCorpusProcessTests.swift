import Foundation
import HostileCorpus
import Testing

/// The hostile corpus as an operator meets it: each row a process with its limits as flags, its outcome in result.json,
/// its exit code, its time from start to exit and its memory.
///
/// The bounds are those of the specification. A machine that tests share stretches them: when something else has the
/// processor, time passes that the program never had. So before each attempt it is measured how much longer a piece of
/// pure work takes than the processor time it needs, bounds and deadlines are stretched by that, and a row that fails is
/// tried twice more. On an idle machine the factor is 1. A debug build parses and copies several times slower; there the
/// times count threefold.
@Suite(.serialized) struct HostileCorpusProcessTests {
    static let peakMemory = 220 << 20
    static let buildFactor = Moonwire.path.contains("/debug/") ? 3.0 : 1.0

    @Test(arguments: HostileScript.all.filter { $0.program != nil })
    func aHostileScriptEndsAsItMust(_ script: HostileScript) async throws {
        var problems: [String] = []
        for _ in 0..<3 {
            problems = try await Self.attempt(script)
            if problems.isEmpty { return }
        }
        Issue.record("row \(script.row): \(problems.joined(separator: "; "))")
    }

    private static func attempt(_ script: HostileScript) async throws -> [String] {
        let slowdown = Child.slowdown() * buildFactor
        // What ends on its own may need longer than 0.3 s where the processor is shared.
        let deadline = script.end.isDeadline ? 0.3 : 0.3 * slowdown
        return try await TemporaryFolder.with { folder in
            let path = try folder.file("hostile.lua", script.program ?? "")
            for (name, content) in script.files { _ = try folder.file(name, content) }
            let limits = ["--timeout", "\(deadline)", "--grace", "0.2", "--burst", "2", "--memory", "32M"]
            let end = try Child.run(
                ["run", "-q", "--result", folder.path + "/result.json"] + limits + script.arguments + [path],
                in: folder
            )
            // An end without records is never tried again.
            try #require(
                access(folder.path + "/result.json", F_OK) == 0,
                "no result.json, exit \(end.status.map(String.init) ?? "by a signal"): \(end.errors)"
            )
            var problems = problems(of: end, script, try result(folder))
            let bound = (script.seconds ?? script.end.seconds) * slowdown + (deadline - 0.3)
            if end.seconds > bound { problems.append("\(end.seconds) s of \(bound) s") }
            return problems
        }
    }

    private static func result(_ folder: TemporaryFolder) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: folder.path + "/result.json"))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    private static func problems(of end: Child.End, _ script: HostileScript, _ result: [String: Any]) -> [String] {
        var problems: [String] = []
        func demand(_ condition: Bool, _ problem: String) { if !condition { problems.append(problem) } }
        let outcome = result["outcome"] as? String ?? "nothing"
        let reason = result["reason"] as? String ?? ""
        demand(script.end.statuses.contains(end.status ?? -1), "exit \(end.status.map(String.init) ?? "by a signal")")
        demand(script.end.outcomes.contains(outcome), "outcome \(outcome) (\(reason))")
        demand(
            result["exit"] as? Int == end.status.map(Int.init),
            "result.json says exit \(result["exit"] ?? "nothing")"
        )
        demand(end.peakMemory <= peakMemory, "peak memory \(end.peakMemory >> 20) MiB")
        if case .error(let text) = script.end { demand(text.isEmpty || reason.contains(text), "reason: \(reason)") }
        if case .refused(let text) = script.end { demand(reason.contains(text), "reason: \(reason)") }
        if case .watchdog(let name) = script.end {
            demand(result["blocked_in"] as? String == name, "blocked in \(result["blocked_in"] ?? "nothing")")
        }
        let errors = end.errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }
        demand(end.status == 0 ? errors.isEmpty : errors.count == 1, "standard error: \(end.errors)")
        demand(
            !end.errors.contains("Fatal") && !end.errors.contains("outside protection"),
            "standard error: \(end.errors)"
        )
        return problems
    }

    @Test func `a script blocked in writing is ended by the watchdog, and leaves its records`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("t.lua", "modem:at('AT')\nwhile true do print(('x'):rep(10000)) end")
            let limits = ["--timeout", "0.3", "--grace", "0.2"]
            let end = try Child.run(
                ["run", "--result", folder.path + "/result.json", "--trace", folder.path + "/t.jsonl"] + limits + [
                    script
                ],
                in: folder,
                output: .pipeNobodyReads
            )
            let result = try Self.result(folder)
            #expect(end.status == 6, "\(end)")
            #expect(result["outcome"] as? String == "TIMEOUT" && result["exit"] as? Int == 6, "\(result)")
            #expect(result["blocked_in"] as? String == "print", "\(result)")
            #expect(end.errors.contains("error: blocked in print (last seen at t.lua:2)"), "\(end.errors)")
            let trace = try String(contentsOfFile: folder.path + "/t.jsonl", encoding: .utf8)
            #expect(trace.contains("AT"))
        }
    }

    @Test(arguments: [
        "--timeout", "--grace", "--burst", "--memory", "--tasks", "--output",
    ])
    func `the help names the limit and its default`(_ flag: String) async throws {
        try await TemporaryFolder.with { folder in
            let help = try await Moonwire.run(["run", "--help"], in: folder).output
            let start = try #require(help.range(of: flag + " <"), "\(help)")
            let text = help[start.lowerBound...].prefix(400)
            #expect(text.contains("default"), "\(text)")
        }
    }
}
