internal import LuaRuntime
internal import ModemScripting

/// The parts of `result.json` and of `--json` events, as values. Times are seconds.
extension RunReport {
    var asTable: LuaTable {
        LuaTable([
            "outcome": .text(outcome.rawValue),
            "reason": .optional(reason),
            "duration": .number(duration.seconds),
            "error": failure.map { .table($0.asTable) } ?? .nil,
            "later_errors": .list(laterFailures.map { .table($0.asTable) }),
            "steps": .list(steps.map { .table($0.asTable) }),
            "measurements": .list(measurements.map { .table($0.asTable) }),
            "notes": .list(notes.map { .text($0) }),
        ])
    }
}

extension RunReport.Step {
    var asTable: LuaTable {
        LuaTable([
            "name": .text(name),
            "depth": .integer(depth),
            "outcome": .text(outcome.rawValue),
            "attempts": .list(attempts.map { .table($0.asTable) }),
        ])
    }
}

extension RunReport.Attempt {
    var asTable: LuaTable {
        LuaTable([
            "number": .integer(number),
            "started": .number(started.seconds),
            "duration": .number(duration.seconds),
            "outcome": .text(outcome.rawValue),
            "measurements": .list(measurements.map { .table($0.asTable) }),
            "notes": .list(notes.map { .text($0) }),
            "error": failure.map { .table($0.asTable) } ?? .nil,
        ])
    }
}

extension Measurement {
    var asTable: LuaTable {
        LuaTable([
            "name": .text(name),
            "value": value,
            "unit": .optional(unit),
            "min": min.map { .number($0) } ?? .nil,
            "max": max.map { .number($0) } ?? .nil,
            "verdict": .text(verdict.rawValue),
        ])
    }
}

extension LuaFailure {
    var asTable: LuaTable {
        LuaTable([
            "kind": .text(kind.rawValue),
            "message": .text(message),
            "code": code.map { .integer($0) } ?? .nil,
            "name": .optional(name),
            "hint": .optional(hint),
            "command": .optional(command),
            "lines": .list(lines.map { .string($0) }),
            "elapsed": elapsed.map { .number($0) } ?? .nil,
            "where": .optional(location),
            "traceback": .optional(traceback),
            "reason": .optional(reason),
            "task": .optional(task),
        ])
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
