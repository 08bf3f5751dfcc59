/// `os.getenv` within the grants; the rest of `os` is the shim's.
enum OSModule {
    static let module = LuaModule(
        "os",
        "What is left of Lua's os: time, date, clock, difftime, getenv.",
        placement: .required,
        functions: [
            .synchronous(
                "getenv",
                LuaDocumentation(
                    "A granted environment variable.",
                    parameters: [.init("name", "string", "Granted with --allow-env.")],
                    results: [.init("string?", "nil when it is not set, or not granted.")],
                    errors: [.init(.argument, "no string was given")],
                    example: #"assert(os.getenv("NOT_GRANTED") == nil)"#
                )
            ) { call throws(LuaFailure) in
                let name = String(decoding: try call.bytes(0), as: UTF8.self)
                guard call.host.grants.environment.contains(name) else {
                    try call.push(.nil)
                    return
                }
                try call.push(.optional(try call.host.environment(name)))
            }
        ]
    )
}
