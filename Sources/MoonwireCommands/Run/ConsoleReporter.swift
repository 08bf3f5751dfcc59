internal import LuaRuntime
internal import ModemScripting

/// Shows a run to the person who watches it, one line an event: what the script prints and its steps on standard
/// output, log records on standard error.
struct ConsoleReporter: RunReporter {
    enum Volume: Sendable { case quiet, normal, verbose }

    let volume: Volume
    let style: Style
    /// Where results go.
    var write: @Sendable ([UInt8]) -> Void = { StandardOutput.write($0) }
    /// Where talk goes, without a line end.
    var say: @Sendable (String) -> Void = { StandardError.say($0) }

    func report(_ event: RunEvent) {
        switch event.body {
        case .output(let bytes):
            write(bytes)
        case .stepStarted(let name, let attempt, let attempts):
            let suffix = attempts > 1 ? "   attempt \(attempt) of \(attempts)" : ""
            show(event, style.faint("▸ \(name)\(suffix)"))
        case .stepFinished(let name, let attempt, _):
            show(event, finished(name, attempt))
        case .measured(let measurement, step: nil):
            show(event, "· \(measurement.text)")
        case .note(let text, step: nil):
            show(event, "· \(text)")
        case .measured, .note:
            break  // They come again with the end of their step.
        case .log(let record):
            log(record, at: event.elapsed)
        }
    }

    private func show(_ event: RunEvent, _ text: String) {
        guard volume != .quiet else { return }
        write(Array("\(ElapsedTime.stamp(event.elapsed)) \(text)\n".utf8))
    }

    private func finished(_ name: String, _ attempt: RunReport.Attempt) -> String {
        let mark =
            switch attempt.outcome {
            case .pass: style.good("✓")
            case .skip: style.faint("–")
            case .fail, .error, .timeout, .aborted: style.bad("✗")
            }
        let failure = attempt.failure.map { [$0.message] } ?? []
        let details = attempt.measurements.map(\.text) + shortened(attempt.notes) + failure
        let padding = String(repeating: " ", count: max(1, 12 - name.count))
        return details.isEmpty ? "\(mark) \(name)" : "\(mark) \(name)\(padding)\(details.joined(separator: ", "))"
    }

    /// A line stays one that can be read: `result.json` has all of a long step's notes.
    private func shortened(_ notes: [String]) -> [String] {
        notes.count <= 6 ? notes : notes.prefix(5) + ["and \(notes.count - 5) more"]
    }

    private func log(_ record: RunLog, at elapsed: Duration) {
        switch record.level {
        case .trace, .debug: guard volume == .verbose else { return }
        case .info: guard volume != .quiet else { return }
        case .warning, .error: break
        }
        let fields = record.fields.map { " \($0.key.path.dropFirst())=\($0.value.shown)" }.joined()
        say("\(ElapsedTime.stamp(elapsed)) \(record.level.rawValue): \(record.message)\(fields)")
    }
}

extension LuaValue {
    /// A value within a line of text.
    var shown: String {
        switch self {
        case .nil: "nil"
        case .boolean(let value): String(value)
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .string: text ?? ""
        case .table, .object, .function: typeName
        }
    }
}
