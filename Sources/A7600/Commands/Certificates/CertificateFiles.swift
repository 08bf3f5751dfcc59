public import ATProtocol

// AT manual V1.09, SSL chapter: the files that contexts name. Nothing reads a file back.
extension Commands {
    static let certificateDownload = CommandDescription(
        "+CCERTDOWN",
        "store a certificate or key file; one of the same name is replaced",
        [
            Form(.test, answer: .test("+CCERTDOWN")),
            Form(
                .write,
                [.fileName, Parameter("length", .integer(1...10_240), "bytes that follow after the prompt")],
                data: DataPart(lengthParameter: "length", rule: .bytes, secret: "certificate"),
                answer: { arguments, _ in
                    var spec = CommandSpec.plain(maximum: .flashWrite)
                    // What was filled up with spaces is a useless file.
                    spec.prompt = PromptSpec(
                        padding: .undo(
                            line: Array("AT+CCERTDELE=".utf8) + arguments["name"].wire,
                            includesData: false
                        )
                    )
                    return spec
                }
            ),
        ]
    )

    static let certificateList = CommandDescription(
        "+CCERTLIST",
        "list the stored files",
        [
            Form(.execute, answer: .lines(.many, .prefix("+CCERTLIST", .any), maximum: .flashWrite)),
            Form(.test, answer: .plain()),
        ]
    )

    static let certificateDelete = CommandDescription(
        "+CCERTDELE",
        "delete a stored file",
        [
            Form(.test, answer: .test("+CCERTDELE", first: .string)),
            Form(.write, [.fileName], answer: .plain(maximum: .flashWrite)),
        ]
    )

    static let certificateMove = CommandDescription(
        "+CCERTMOVE",
        "move a file from the root of the file system into the store",
        [
            Form(.test, answer: .test("+CCERTMOVE", first: .string)),
            Form(.write, [.fileName], isOffered: { $0.certMove == .accepted }) { _, _ in
                .plain(maximum: .flashWrite, repeatable: .unknownOutcome)
            },
        ]
    )

    /// - Parameters:
    ///   - name: 5 bytes up to the firmware's limit, ending in `.pem` or `.der`.
    ///   - content: 1 to 10 240 bytes; kept from every record.
    public func certificateDownload(name: String, content: [UInt8]) throws(ArgumentFault) -> Command {
        try build(Self.certificateDownload, .write, [.text(name), .integer(content.count)], data: content)
    }

    public func certificateList() throws(ArgumentFault) -> Command {
        try build(Self.certificateList, .execute)
    }

    public func certificateDelete(name: String) throws(ArgumentFault) -> Command {
        try build(Self.certificateDelete, .write, [.text(name)])
    }

    /// Refused where the firmware lacks the command.
    public func certificateMove(name: String) throws(ArgumentFault) -> Command {
        try build(Self.certificateMove, .write, [.text(name)])
    }
}
