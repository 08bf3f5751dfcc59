/// `file`: whole files in one call. `io.open` is there for pieces.
enum FileModule {
    static let module = LuaModule(
        "file",
        "Whole files in one call; all functions wait.",
        functions: [
            .waiting(
                "read",
                LuaDocumentation(
                    "Reads a file.",
                    parameters: [.init("name", "string", "Relative to the script's folder, or below --allow-read.")],
                    results: [.init("string", "Its bytes, at most 4 MiB.")],
                    errors: [
                        .init(.denied, "not readable by the grants"), .init(.error, "absent, a folder, too large"),
                    ],
                    example: #"local pem = file.read("ca.pem"); print(#pem)"#
                )
            ) { call, completion in
                completion.completeBlocking { () throws(LuaFailure) in
                    [.string(try call.host.readFile(try call.arguments.text(0), limit: 4 << 20))]
                }
                return nil
            },
            writer("write", "Replaces a file's content, creating it when absent.", appending: false),
            writer("append", "Adds to the end of a file, creating it when absent.", appending: true),
        ]
    )

    private static func writer(_ name: String, _ summary: String, appending: Bool) -> LuaFunction {
        .waiting(
            name,
            LuaDocumentation(
                summary,
                parameters: [
                    .init("name", "string", "Below a folder of --allow-write."),
                    .init("bytes", "string", "What to write."),
                ],
                errors: [
                    .init(.denied, "not writable by the grants"),
                    .init(.error, "the disk refuses, or the run's limit of 64 MiB is reached"),
                ],
                example: "file.\(name)(\"out/rssi.csv\", \"-71\\n\")"
            )
        ) { call, completion in
            completion.completeBlocking { () throws(LuaFailure) in
                let bytes = try call.arguments.bytes(1)
                let file = try OpenFile(
                    try call.arguments.text(0),
                    for: .writing(appending: appending),
                    host: call.host
                )
                defer { file.close() }
                try file.write(bytes)
                return []
            }
            return nil
        }
    }
}
