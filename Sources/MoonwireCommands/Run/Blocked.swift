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

    /// Writes down where the script hangs, flushes the trace, removes the locks of ports and leaves the process. Called
    /// on the watchdog's thread; the work is done on others, for whoever holds what it needs may be the very thread that
    /// hangs.
    ///
    /// The records come first, alone, and may take long: only a machine that has no time for this process or a disk
    /// that does not answer needs it, and without them nobody would know what happened. The rest is words, for readers
    /// who may be gone.
    func leave() -> Never {
        let report = RunReport(blocked: blockage)
        let areWritten = Errand { write(report) }.ends(within: 500)
        _ = Errand { wrapUp(report, areWritten) }.ends(within: 20)
        _exit(ExitStatus.timeout.rawValue)
    }

    /// For a console, which keeps no records: removes the locks of ports and leaves the process.
    static func leave(_ reason: String) -> Never {
        PortLocks.removeFiles()
        StandardError.say("error: \(reason)")
        _exit(ExitStatus.timeout.rawValue)
    }

    /// What needs no lock comes first.
    private func wrapUp(_ report: RunReport, _ areRecordsWritten: Bool) {
        PortLocks.removeFiles()
        flushTrace()
        StandardError.say("error: \(report.reason ?? "blocked")")
        if !areRecordsWritten { StandardError.say("moonwire: no result.json: \(folder) takes no file") }
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

    /// The disk is not waited for: it may be what hangs, and what the system has taken over outlives this process.
    private func write(_ report: RunReport) {
        var facts = facts
        facts["blocked_in"] = .text(blockage.blockedIn)
        facts["blocked_at"] = .optional(blockage.location)
        do throws(CommandFailure) {
            try RunRecords(facts: facts, report: report, exit: .timeout).write(to: folder, records, .takenOver)
        } catch {
            StandardError.say("error: \(error.message)")
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
