internal import LuaRuntime
internal import ModemScripting

/// The last lines of a run: the verdict on standard output, and what an author needs to find the mistake on standard
/// error.
struct RunSummary {
    let script: String
    let report: RunReport
    let trace: String?
    let style: Style

    /// `PASS mqtt-plain.lua in 0.14 s      trace: ~/.local/state/…/trace.jsonl`
    var verdict: String {
        let word = report.outcome == .pass ? style.good(report.outcome.rawValue) : style.bad(report.outcome.rawValue)
        let reason = report.outcome == .pass ? "" : (report.reason.map { ": \($0)" } ?? "")
        let place = trace.map { "      trace: \(Self.abbreviated($0))" } ?? ""
        return "\(word) \(script) in \(ElapsedTime.words(report.duration))\(reason)\(place)"
    }

    /// The failure with its hint, what the module said, and the traceback; nil when there is nothing to add.
    var explanation: String? {
        guard let failure = report.failure, report.outcome != .skip else { return nil }
        var lines = describe(failure)
        for later in report.laterFailures {
            lines += ["and then:"] + describe(later)
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private func describe(_ failure: LuaFailure) -> [String] {
        var lines = [failure.description]
        if let command = failure.command, !failure.message.contains(command) { lines.append("  command: \(command)") }
        for line in failure.lines.suffix(8) {
            lines.append("  answered: \(String(decoding: line, as: UTF8.self))")
        }
        if let hint = failure.hint { lines.append("  hint: \(hint)") }
        if let traceback = failure.traceback { lines += ["stack traceback:", traceback] }
        if let task = failure.task, let parent = failure.parent {
            lines.append("in task \"\(task)\", spawned by \(parent)")
        }
        return lines
    }

    /// The home folder as `~`, as shells write it.
    static func abbreviated(_ path: String) -> String {
        guard let home = environment("HOME"), home != "/", path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }
}
