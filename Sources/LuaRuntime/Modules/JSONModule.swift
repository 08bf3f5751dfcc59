/// The value `json.null`: an item or member that is there and empty.
final class JSONNull: LuaObject {
    static let shared = JSONNull()
    static let luaClass = LuaClass("null", "JSON's null.", describe: { _ in "null" })

    var luaClass: LuaClass { Self.luaClass }
}

/// `json`: text to tables and back.
enum JSONModule {
    static let module = LuaModule(
        "json",
        "JSON text to tables and back.",
        functions: [
            .synchronous(
                "decode",
                LuaDocumentation(
                    "Reads one JSON value.",
                    parameters: [
                        .init("text", "string", "UTF-8."),
                        .init(
                            "options",
                            "table",
                            optional: true,
                            "How to read.",
                            options: [
                                .init(
                                    "null",
                                    "boolean",
                                    default: "false",
                                    "Keep null as `json.null`; else it is absent."
                                )
                            ]
                        ),
                    ],
                    results: [.init("any", "Objects and arrays are tables; integers stay integers.")],
                    errors: [.init(.argument, "the text is no JSON; the message says where")],
                    example: #"assert(json.decode('{"rssi": [23, 99]}').rssi[1] == 23)"#
                )
            ) { call throws(LuaFailure) in
                let arguments = try call.arguments
                let options = try arguments.options(1, known: ["null"])
                let null: LuaValue = try options.boolean("null") == true ? .object(JSONNull.shared) : .nil
                switch JSONReader.read(try arguments.bytes(0), null: null) {
                case .success(let value): try call.push(value)
                case .failure(let problem):
                    throw arguments.failure(0, "\(problem.message), at byte \(problem.offset)")
                }
            },
            .synchronous(
                "encode",
                LuaDocumentation(
                    "Writes a value as JSON; names come in byte order, so equal tables give equal text.",
                    parameters: [
                        .init(
                            "value",
                            "any",
                            "Tables with items are arrays, all others objects; an empty one is `[]`."
                        ),
                        .init(
                            "options",
                            "table",
                            optional: true,
                            "How to write.",
                            options: [.init("indent", "boolean", default: "false", "One member a line.")]
                        ),
                    ],
                    results: [.init("string", "UTF-8.")],
                    errors: [.init(.argument, "a function, a handle, NaN, infinity, or a string that is no UTF-8")],
                    example: #"assert(json.encode({ b = { 1, 2.5 }, a = true }) == '{"a":true,"b":[1,2.5]}')"#
                )
            ) { call throws(LuaFailure) in
                let arguments = try call.arguments
                let options = try arguments.options(1, known: ["indent"])
                var writer = JSONWriter(isIndented: try options.boolean("indent") ?? false)
                try writer.write(arguments[0])
                try call.push(.string(writer.text))
            },
        ],
        constants: [
            .init(
                "null",
                "userdata",
                "JSON's null, as `decode` gives it on request and `encode` takes it.",
                .object(JSONNull.shared)
            )
        ]
    )
}
