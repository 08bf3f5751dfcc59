import A7600

/// `AT+CCERTMOVE="<name>"`: from the root of the file system into the store (`certMove`).
enum CertificateMove {
    static let handler = CommandHandler("+CCERTMOVE", test: test, write: write)

    private static func test(_ module: inout ModuleState) throws(Refusal) -> Answer {
        guard module.profile.certMove == .accepted else { throw .error }
        return .ok("+CCERTMOVE: \"FILENAME\"")
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        guard module.profile.certMove == .accepted else { throw .error }
        let name = try arguments.fileName()
        try arguments.end()
        guard module.isFileName(name), !module.isStoreFull, let content = module.files.takeFromRoot(name) else {
            throw .error
        }
        module.files.store(name, content)
        module.changes.append(.file(name: name, content: content))
        return .ok
    }
}
