/// `log`: words for the run's log.
enum LogModule {
    static let module = LuaModule(
        "log",
        "Words for the run's log (standard error, log.txt), apart from its output.",
        functions: LuaLogRecord.Level.allCases.map(function(for:)) + [warn]
    )

    /// `warn` of the base library, kept as a global by ``globals``.
    private static let warn = LuaFunction.synchronous(
        "warn",
        LuaDocumentation(
            "Logs a warning.",
            parameters: [.init("...", "any", "The message, and a table of fields at the end.")],
            errors: [.init(.argument, "the record is larger than 1 MiB")],
            example: #"log.warn("weak signal", -110)"#
        ),
        options: [.location]
    ) { call throws(LuaFailure) in
        try write(.warning, &call)
    }

    static let globals = LuaModule(
        "base",
        "What Lua's base library has beside the language.",
        placement: .globals,
        functions: [
            .synchronous(
                "warn",
                LuaDocumentation(
                    "Logs a warning made of its arguments, joined without blanks.",
                    parameters: [.init("...", "string", "Pieces of the message.")],
                    errors: [.init(.argument, "a piece is no string")],
                    example: #"warn("low ", "battery")"#
                ),
                options: [.location]
            ) { call throws(LuaFailure) in
                let arguments = try call.arguments
                var message: [UInt8] = []
                for index in 0..<max(1, arguments.count) { message += try arguments.bytes(index) }
                emit(.warning, String(decoding: message, as: UTF8.self), [], &call)
            }
        ]
    )

    private static func function(for level: LuaLogRecord.Level) -> LuaFunction {
        .synchronous(
            level.rawValue,
            LuaDocumentation(
                "Logs its arguments, joined by blanks, at level \(level.rawValue).",
                parameters: [.init("...", "any", "The message; a table at the end is fields.")],
                errors: [.init(.argument, "the record is larger than 1 MiB")],
                example: "log.\(level.rawValue)(\"attached\", { operator = \"26201\" })"
            ),
            options: [.location]
        ) { call throws(LuaFailure) in
            try write(level, &call)
        }
    }

    private static func write(_ level: LuaLogRecord.Level, _ call: inout LuaSyncCall) throws(LuaFailure) {
        var values = try call.arguments.values
        var fields: [LuaTable.Pair] = []
        if values.count > 1, let table = values.last?.table, table.items.isEmpty {
            fields = table.pairs
            values.removeLast()
        }
        let message = values.map { $0.shown }.joined(separator: " ")
        let limit = call.host.limits.logRecord
        guard message.utf8.count <= limit else {
            throw LuaFailure(.argument, "log record of \(message.utf8.count) bytes: the limit is \(limit)")
        }
        emit(level, message, fields, &call)
    }

    private static func emit(
        _ level: LuaLogRecord.Level,
        _ message: String,
        _ fields: [LuaTable.Pair],
        _ call: inout LuaSyncCall
    ) {
        call.host.log(
            LuaLogRecord(level, message, fields: fields, task: call.task.name, location: call.location)
        )
    }
}

extension LuaValue {
    /// For people, in logs: strings as they are, tables in braces, handles by their class.
    public var shown: String {
        switch self {
        case .nil: "nil"
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        case .table(let table):
            "{"
                + (table.items.map(\.shown)
                + table.pairs.map { "\($0.key.path.drop { $0 == "." }) = \($0.value.shown)" })
                .joined(separator: ", ") + "}"
        case .object(let object): object.luaClass.describe?(object) ?? object.luaClass.name
        case .function: "function"
        }
    }
}
