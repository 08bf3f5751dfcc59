import CMosquitto

/// A certificate authority made at run time, for examples and tests. Never for anything that must be safe: its key lies
/// in memory and there is no revocation.
package struct TestAuthority: Sendable {
    /// Its own certificate, PEM; what a module needs as `cacert`.
    package let certificate: [UInt8]
    private let key: [UInt8]
    private let name: String

    /// - Throws: `TestCertificateError` if OpenSSL cannot make a key.
    package init(name: String = "moonwire test CA", key kind: TestKey = .p256) throws(TestCertificateError) {
        let key = try kind.make()
        let draft = CertificateDraft(
            subject: name,
            issuer: name,
            validity: .aroundNow,
            extensions: [
                (NID_basic_constraints, "critical,CA:TRUE"),
                (NID_key_usage, "critical,keyCertSign,cRLSign"),
                (NID_subject_key_identifier, "hash"),
            ]
        )
        certificate = try draft.signed(subjectKey: key, issuerKey: key)
        self.key = try key.pem()
        self.name = name
    }

    /// A certificate for a broker on loopback, valid for `localhost` and 127.0.0.1.
    package func issueServer(
        key: TestKey = .p256,
        validity: TestValidity = .aroundNow
    ) throws(TestCertificateError) -> TestCertificate {
        try issue(
            subject: "localhost",
            key: key,
            validity: validity,
            extensions: [
                (NID_ext_key_usage, "serverAuth"),
                (NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1"),
            ]
        )
    }

    /// A certificate for a client. RSA is the kind of key that modules are known to take.
    package func issueClient(
        _ name: String,
        key: TestKey = .rsa2048,
        password: String? = nil,
        validity: TestValidity = .aroundNow
    ) throws(TestCertificateError) -> TestCertificate {
        try issue(
            subject: name,
            key: key,
            password: password,
            validity: validity,
            extensions: [(NID_ext_key_usage, "clientAuth")]
        )
    }

    private func issue(
        subject: String,
        key kind: TestKey,
        password: String? = nil,
        validity: TestValidity,
        extensions: [(Int32, String)]
    ) throws(TestCertificateError) -> TestCertificate {
        guard let issuerKey = PEM.privateKey(key, password: nil) else { throw TestCertificateError("CA key") }
        let subjectKey = try kind.make()
        let draft = CertificateDraft(
            subject: subject,
            issuer: name,
            validity: validity,
            extensions: [(NID_basic_constraints, "critical,CA:FALSE")] + extensions
        )
        return TestCertificate(
            certificate: try draft.signed(subjectKey: subjectKey, issuerKey: issuerKey),
            key: try subjectKey.pem(password: password)
        )
    }
}

/// A certificate and its key, PEM.
package struct TestCertificate: Equatable, Sendable {
    package var certificate: [UInt8]
    package var key: [UInt8]
}

/// The times between which a certificate is valid, in Unix seconds.
package struct TestValidity: Equatable, Sendable {
    package var from: Int64
    package var to: Int64

    package init(from: Int64, to: Int64) {
        self.from = from
        self.to = to
    }

    /// From 2020 to 2049: whatever the clock of module and host say.
    package static let aroundNow = TestValidity(from: 1_577_836_800, to: 2_493_072_000)
    /// The year 2020.
    package static let expired = TestValidity(from: 1_577_836_800, to: 1_609_459_200)
}
