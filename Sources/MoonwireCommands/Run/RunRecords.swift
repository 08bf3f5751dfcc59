internal import LuaRuntime
internal import ModemScripting

/// What a run leaves behind: `result.json` in its folder, copies where the operator wants them.
struct RunRecords {
    /// What the run worked with: script and its SHA-256, port, IMEI, versions.
    let facts: LuaTable
    let report: RunReport
    let exit: ExitStatus

    /// Writes each of them, whatever becomes of the others.
    /// - Throws: the first failure.
    func write(
        to folder: String,
        _ options: RecordOptions,
        _ durability: OutputFile.Durability = .onDisk
    ) throws(CommandFailure) {
        var result = facts
        result["exit"] = .integer(Int(exit.rawValue))
        result.pairs += report.asTable.pairs
        let text = JSONText.line(result)
        var files = [(folder + "/result.json", text)]
        if let path = options.result { files.append((path, text)) }
        if let path = options.junit { files.append((path, JUnitReport(facts: facts, report: report).text)) }
        var first: CommandFailure?
        for (path, content) in files {
            do throws(CommandFailure) {
                try OutputFile.write(content, to: path, durability)
            } catch {
                first = first ?? error
            }
        }
        if let first { throw first }
    }
}
