/// `secret`: bytes that scripts hand on without seeing them.
enum SecretModule {
    static let module = LuaModule(
        "secret",
        "Opaque values: accepted where a string goes to the modem, shown as ‹secret› everywhere else.",
        functions: [
            .synchronous(
                "env",
                LuaDocumentation(
                    "The value of an environment variable, unseen.",
                    parameters: [.init("name", "string", "Granted with --allow-env.")],
                    results: [.init("secret", "An opaque value.")],
                    errors: [.init(.denied, "the name is not granted"), .init(.error, "the variable is not set")],
                    example: #"local password = secret.env "MQTT_PASS""#
                )
            ) { call throws(LuaFailure) in
                let name = String(decoding: try call.bytes(0), as: UTF8.self)
                guard let value = try call.host.environment(name) else {
                    throw LuaFailure(.error, "the environment variable '\(name)' is not set")
                }
                try call.push(call.host.secret(Array(value.utf8), origin: "secret.env \"\(name)\""))
            },
            .waiting(
                "file",
                LuaDocumentation(
                    "The bytes of a file, unseen.",
                    parameters: [.init("name", "string", "Relative to the script's folder.")],
                    results: [.init("secret", "An opaque value.")],
                    errors: [.init(.denied, "the folder is not granted"), .init(.error, "the file cannot be read")],
                    example: #"local key = secret.file "unit.key""#
                )
            ) { call, completion in
                completion.completeBlocking { () throws(LuaFailure) in
                    let name = try call.arguments.text(0)
                    let bytes = try call.host.readFile(name, limit: 1 << 20)
                    return [call.host.secret(bytes, origin: "secret.file \"\(name)\"")]
                }
                return nil
            },
            .synchronous(
                "text",
                LuaDocumentation(
                    "Hides a string the script already has.",
                    parameters: [.init("text", "string", "Any bytes.")],
                    results: [.init("secret", "An opaque value.")],
                    errors: [.init(.argument, "no string was given")],
                    example: #"assert(tostring(secret.text "1234") == "‹secret›")"#
                )
            ) { call throws(LuaFailure) in
                try call.push(call.host.secret(try call.bytes(0), origin: "secret.text"))
            },
        ],
        classes: [LuaSecret.luaClass]
    )
}
