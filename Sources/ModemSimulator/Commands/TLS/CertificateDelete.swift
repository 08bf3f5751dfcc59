/// `AT+CCERTDELE="<name>"`.
enum CertificateDelete {
    static let handler = CommandHandler("+CCERTDELE", test: { _ in .ok }, write: write)

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let name = try arguments.fileName()
        try arguments.end()
        guard module.files.remove(name) else { throw .error }
        module.changes.append(.removed(name: name))
        return .ok
    }
}
