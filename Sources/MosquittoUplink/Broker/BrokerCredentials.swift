import Glibc

/// What the secured listeners of private brokers and their clients need, kept in a folder of the user's: the same for
/// every run, so that a module keeps what it was given, and any other MQTT program can use the same files.
///
/// `ca.pem` is the authority; `client.pem` and `client.key` (RSA, the kind that modules are known to take) are for the
/// listener that asks for a certificate; `password` is that of `user`. `server.pem` and `server.key` are the broker's.
package struct BrokerCredentials: Sendable {
    /// The user of the listener with a password, and the common name of the client's certificate.
    package static let user = "unit-001"
    /// What that user may do: everything below its own topic, nothing else.
    private static let rules = "pattern readwrite units/%u/#"
    private static let files = ["ca.pem", "server.pem", "server.key", "client.pem", "client.key", "password"]

    package let folder: String
    private let tls: PrivateBrokerConfiguration.TLS
    private let password: String

    /// Reads the folder; makes it first when it is not there or not complete, which takes some hundred milliseconds.
    ///
    /// - Parameter folder: absolute.
    /// - Throws: `PrivateBrokerError` `.files` when it cannot be written or read, `TestCertificateError`.
    package init(keptIn folder: String) throws {
        if !Self.isComplete(folder) { try Self.make(folder) }
        self.folder = folder
        tls = PrivateBrokerConfiguration.TLS(
            authority: try readPrivateFile("\(folder)/ca.pem"),
            server: TestCertificate(
                certificate: try readPrivateFile("\(folder)/server.pem"),
                key: try readPrivateFile("\(folder)/server.key")
            )
        )
        password = String(decoding: try readPrivateFile("\(folder)/password"), as: UTF8.self)
    }

    /// A broker with all listeners: plain, TLS, TLS with the client's certificate, and plain with user and password.
    /// - Parameter port: of the plain listener; nil: any free one.
    package func broker(port: Int?) -> PrivateBrokerConfiguration {
        PrivateBrokerConfiguration(port: port).with {
            $0.tls = tls
            $0.users = [Self.user: password]
            $0.userRules = Self.rules
        }
    }

    private static func isComplete(_ folder: String) -> Bool {
        files.allSatisfy { access("\(folder)/\($0)", R_OK) == 0 }
    }

    /// Made beside its place and renamed, so that programs that start together end up with the same files.
    private static func make(_ folder: String) throws {
        let parts = folder.split(separator: "/")
        for count in 1..<max(1, parts.count) { mkdir("/" + parts[..<count].joined(separator: "/"), 0o700) }
        var template = Array("\(folder)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw PrivateBrokerError(.files, detail: "\(folder): \(String(errno: errno)); set XDG_CACHE_HOME")
        }
        let new = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            for file in files { unlink("\(new)/\(file)") }
            rmdir(new)
        }
        for (name, content) in zip(files, try contents()) {
            try writePrivateFile(content, to: "\(new)/\(name)")
        }
        guard rename(new, folder) != 0, !isComplete(folder) else { return }
        for name in files where rename("\(new)/\(name)", "\(folder)/\(name)") != 0 {
            throw PrivateBrokerError(.files, detail: "\(folder)/\(name): \(String(errno: errno))")
        }
    }

    /// In the order of `files`.
    private static func contents() throws(TestCertificateError) -> [[UInt8]] {
        let authority = try TestAuthority()
        let server = try authority.issueServer()
        let client = try authority.issueClient(user)
        let password = (0..<20).map { _ in String(UInt8.random(in: 0...15), radix: 16) }.joined()
        return [
            authority.certificate, server.certificate, server.key, client.certificate, client.key, Array(password.utf8),
        ]
    }
}
