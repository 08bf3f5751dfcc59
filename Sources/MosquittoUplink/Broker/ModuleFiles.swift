/// The files a module needs for TLS with a private broker, under the names the manual's examples give them.
package struct ModuleFiles: Sendable {
    /// Names and contents: `server_ca.pem` and `ca_cert.pem` are the authority, `cert.pem` and `key_cert.pem` a client's
    /// certificate and RSA key.
    package let files: [(name: String, content: [UInt8])]

    /// Makes the client's key, which takes some ten milliseconds.
    package init(
        for tls: PrivateBrokerConfiguration.TLS,
        client: String = "client test0"
    ) throws(TestCertificateError) {
        let own = try tls.authority.issueClient(client)
        files = [
            ("server_ca.pem", tls.authority.certificate),
            ("ca_cert.pem", tls.authority.certificate),
            ("cert.pem", own.certificate),
            ("key_cert.pem", own.key),
        ]
    }

    /// Writes them into a folder that exists, readable for this user alone.
    package func write(to folder: String) throws(PrivateBrokerError) {
        for (name, content) in files {
            try writePrivateFile(content, to: "\(folder)/\(name)")
        }
    }
}
