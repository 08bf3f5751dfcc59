internal import Dispatch
internal import Glibc
internal import LuaRuntime
internal import ModemScripting
internal import ModemSession
internal import ModemTransports

/// The last resort: a script that nothing else can end.
struct Blocked: Sendable {
    let blockage: LuaBlockage
    /// As in the records of a run that ends.
    let facts: LuaTable
    let host: ScriptHost
    let trace: TraceFile
    let folder: String
    let records: RecordOptions
    let isJSON: Bool

    /// How long the records may take. Whoever holds what they need may be the very thread that hangs.
    private static let patience = DispatchTimeInterval.milliseconds(400)

    /// Writes down where the script hangs, flushes the trace, removes the locks of ports and leaves the process. Called
    /// on the watchdog's thread; the work is done on another one, which is not waited for beyond `patience`.
    func leave() -> Never {
        let isDone = DispatchSemaphore(value: 0)
        DispatchQueue(label: "moonwire.blocked").async {
            writeDown()
            isDone.signal()
        }
        _ = isDone.wait(timeout: .now() + Self.patience)
        _exit(ExitStatus.timeout.rawValue)
    }

    /// For a console, which keeps no records: removes the locks of ports and leaves the process.
    static func leave(_ reason: String) -> Never {
        PortLocks.removeFiles()
        StandardError.say("error: \(reason)")
        _exit(ExitStatus.timeout.rawValue)
    }

    /// What needs no lock comes first.
    private func writeDown() {
        let report = RunReport(blocked: blockage)
        write(report)
        PortLocks.removeFiles()
        flushTrace()
        StandardError.say("error: \(report.reason ?? "blocked")")
        write(host.report(LuaOutcome(blocked: blockage)))
        if isJSON {
            var end = result(report)
            end["event"] = "end"
            JSONReporter.write(end)
        } else {
            StandardOutput.write("TIMEOUT \(facts["script"].text ?? ""): \(report.reason ?? "")\n")
        }
    }

    private func result(_ report: RunReport) -> LuaTable {
        var result = report.asTable
        result["blocked_in"] = .text(blockage.blockedIn)
        result["blocked_at"] = .optional(blockage.location)
        return result
    }

    private func write(_ report: RunReport) {
        var facts = facts
        facts["blocked_in"] = .text(blockage.blockedIn)
        facts["blocked_at"] = .optional(blockage.location)
        do {
            try RunRecords(facts: facts, report: report, exit: .timeout).write(to: folder, records)
        } catch {
            StandardError.say("error: \(error)")
        }
    }

    private func flushTrace() {
        let isFlushed = DispatchSemaphore(value: 0)
        // Awaited by the next line.
        Task {
            await trace.finish()
            isFlushed.signal()
        }
        _ = isFlushed.wait(timeout: .now() + .milliseconds(100))
    }
}
