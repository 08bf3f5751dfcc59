internal import LuaRuntime

/// The reference for programs: one object a line.
enum DocJSON {
    static func line(_ entry: LuaReference.Entry, _ reference: LuaReference) -> String {
        value(entry, reference).text + "\n"
    }

    static func value(_ entry: LuaReference.Entry, _ reference: LuaReference) -> JSONValue {
        let common: [(String, JSONValue)] = [
            ("name", .string(entry.path)), ("owner", .string(entry.owner)),
            ("require", reference.provider(of: entry).map { .string($0) } ?? .null),
            ("signature", .string(entry.signature)), ("summary", .string(entry.summary)),
        ]
        switch entry.kind {
        case .field(let field):
            return object([("kind", "value")] + common + [("type", .string(field.type))])
        case .function(let function):
            let documentation = function.documentation
            return object(
                [("kind", "function")] + common + [
                    ("waits", .bool(function.waits)), ("method", .bool(function.isMethod)),
                    ("parameters", .array(documentation.parameters.map(value))),
                    (
                        "returns",
                        .array(
                            documentation.results.map { ["type": .string($0.type), "summary": .string($0.summary)] }
                        )
                    ),
                    (
                        "errors",
                        .array(
                            documentation.errors.map { ["kind": .string($0.kind.rawValue), "when": .string($0.when)] }
                        )
                    ),
                    ("example", .string(documentation.example)),
                ]
            )
        }
    }

    static func value(_ record: LuaDocumentation.Record) -> JSONValue {
        [
            "kind": "record", "name": .string(record.name), "summary": .string(record.summary),
            "fields": .array(record.fields.map(value)),
        ]
    }

    private static func value(_ parameter: LuaDocumentation.Parameter) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("name", .string(parameter.name)), ("type", .string(parameter.type)),
            ("optional", .bool(parameter.isOptional)), ("summary", .string(parameter.summary)),
        ]
        if let unit = parameter.unit { members.append(("unit", .string(unit))) }
        if let standard = parameter.defaultValue { members.append(("default", .string(standard))) }
        if let range = parameter.range {
            members.append(("min", .integer(Int128(range.lowerBound))))
            members.append(("max", .integer(Int128(range.upperBound))))
        }
        if !parameter.choices.isEmpty { members.append(("choices", .array(parameter.choices.map { .string($0) }))) }
        if !parameter.options.isEmpty { members.append(("options", .array(parameter.options.map(value)))) }
        return object(members)
    }

    private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(members.map { JSONValue.Member(name: $0.0, value: $0.1) })
    }
}
