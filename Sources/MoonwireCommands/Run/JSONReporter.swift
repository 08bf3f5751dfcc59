internal import LuaRuntime
internal import ModemScripting

/// Shows a run to a program: one JSON object a line on standard output, while it goes on.
struct JSONReporter: RunReporter {
    func report(_ event: RunEvent) {
        var object = LuaTable(["t": .number(event.elapsed.seconds)])
        switch event.body {
        case .stepStarted(let name, let attempt, let attempts):
            object["event"] = "step"
            object["name"] = .text(name)
            object["attempt"] = .integer(attempt)
            object["attempts"] = .integer(attempts)
        case .stepFinished(let name, let attempt, _):
            object["event"] = "step_end"
            object["name"] = .text(name)
            object.pairs += attempt.asTable.pairs
        case .measured(let measurement, let step):
            object["event"] = "measure"
            object["step"] = .optional(step)
            object.pairs += measurement.asTable.pairs
        case .note(let text, let step):
            object["event"] = "note"
            object["step"] = .optional(step)
            object["text"] = .text(text)
        case .log(let record):
            object["event"] = "log"
            object["level"] = .text(record.level.rawValue)
            object["message"] = .text(record.message)
            object["fields"] = .table(LuaTable(pairs: record.fields))
            object["task"] = .optional(record.task)
            object["where"] = .optional(record.location)
        case .output(let bytes):
            object["event"] = "output"
            object["text"] = .string(bytes)
        }
        Self.write(object)
    }

    static func write(_ object: LuaTable) {
        StandardOutput.write(JSONText.line(object))
    }
}
