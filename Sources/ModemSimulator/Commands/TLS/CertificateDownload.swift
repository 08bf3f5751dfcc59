import A7600

/// `AT+CCERTDOWN="<name>",<len>` (`a7600.md` section 5): an existing file is replaced when the data are complete.
enum CertificateDownload {
    static let handler = CommandHandler("+CCERTDOWN", joining: .refused, test: test, write: write)

    private static func test(_ module: inout ModuleState) -> Answer {
        .ok("+CCERTDOWN: (5-\(module.profile.nameLimit)),(1-10240)")
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let name = try arguments.fileName()
        let length = try arguments.number()
        try arguments.end()
        guard module.isFileName(name), (1...10_240).contains(length), !module.isStoreFull else { throw .error }
        return .prompt(
            DataRequest(length: length, pause: module.pause(.milliseconds(200))) { module, data in
                module.files.store(name, data)
                module.changes.append(.file(name: name, content: data))
                return .ok
            }
        )
    }
}
