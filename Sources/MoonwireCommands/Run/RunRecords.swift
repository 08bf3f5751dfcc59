internal import LuaRuntime
internal import ModemScripting

/// What a run leaves behind: `result.json` in its folder, copies where the operator wants them.
struct RunRecords {
    /// What the run worked with: script and its SHA-256, port, IMEI, versions.
    let facts: LuaTable
    let report: RunReport
    let exit: ExitStatus

    func write(to folder: String, _ options: RecordOptions) throws(CommandFailure) {
        var result = facts
        result["exit"] = .integer(Int(exit.rawValue))
        result.pairs += report.asTable.pairs
        let text = JSONText.line(result)
        try OutputFile.write(text, to: folder + "/result.json")
        if let path = options.result { try OutputFile.write(text, to: path) }
        if let path = options.junit { try OutputFile.write(JUnitReport(facts: facts, report: report).text, to: path) }
    }
}
