import LuaRuntime

/// `moonwire`: the program itself.
enum MoonwireModule {
    static let module = LuaModule(
        "moonwire",
        "The program a script runs in.",
        functions: [
            .synchronous(
                "require",
                LuaDocumentation(
                    "Stops the script unless the program offers this version of the script interface.",
                    parameters: [.init("version", "integer", in: 1...1, "The version the script was written for.")],
                    errors: [.argument, .check],
                    example: "moonwire.require(1)"
                )
            ) { call throws(LuaFailure) in
                let wanted = try call.integer(0)
                guard wanted >= 1 else { throw .badArgument(1, to: "require", "\(wanted) is no version") }
                guard wanted == ScriptAPI.version else {
                    throw LuaFailure(
                        .check,
                        "the script wants version \(wanted) of the script interface, this is \(ScriptAPI.version)",
                        hint: "use the program's matching version, or look up what has changed"
                    )
                }
            }
        ],
        constants: [
            .init("api", "integer", "Version of the script interface.", .integer(ScriptAPI.version))
        ]
    )
}
