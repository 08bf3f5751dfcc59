/// `AT+CCERTLIST`: one name a line, in the order of first download.
enum CertificateList {
    static let handler = CommandHandler("+CCERTLIST", test: { _ in .ok }, execute: execute)

    private static func execute(_ module: inout ModuleState) -> Answer {
        .ok(module.files.certificates.map { Array("+CCERTLIST: \"".utf8) + $0.name + Array("\"".utf8) })
    }
}
