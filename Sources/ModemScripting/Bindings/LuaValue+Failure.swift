import LuaRuntime

extension LuaValue {
    /// An error as a value, for functions that return `nil, err`.
    static func failure(_ failure: LuaFailure) -> LuaValue {
        .record([
            "kind": .text(failure.kind.rawValue),
            "message": .text(failure.message),
            "code": failure.code.map { .integer($0) } ?? .nil,
            "name": .optional(failure.name),
            "hint": .optional(failure.hint),
            "command": .optional(failure.command),
            "lines": .list(failure.lines.map { .string($0) }),
            "urcs": .list(failure.urcs.map { .string($0) }),
            "before": failure.before.map { .string($0) } ?? .nil,
            "elapsed": failure.elapsed.map { .number($0) } ?? .nil,
        ])
    }
}
