import MosquittoUplink

/// Keys and certificates of the tests, made once per run.
struct TLSFixture: Sendable {
    static let shared = Result { try TLSFixture() }

    let authority: TestAuthority
    let stranger: TestAuthority
    let server: TestCertificate
    let expiredServer: TestCertificate
    let client: TestCertificate
    /// The key is encrypted with `secret`.
    let lockedClient: TestCertificate
    let strangersClient: TestCertificate

    private init() throws {
        authority = try TestAuthority(name: "first test CA")
        stranger = try TestAuthority(name: "another test CA")
        server = try authority.issueServer(key: .rsa2048)
        expiredServer = try authority.issueServer(validity: .expired)
        client = try authority.issueClient("unit-001")
        lockedClient = try authority.issueClient("unit-002", key: .p256, password: "secret")
        strangersClient = try stranger.issueClient("unit-003", key: .p256)
    }

    var broker: PrivateBrokerConfiguration {
        PrivateBrokerConfiguration(detail: .packets).with {
            $0.tls = .init(authority: authority.certificate, server: server)
        }
    }

    var expiredBroker: PrivateBrokerConfiguration {
        broker.with { $0.tls = .init(authority: authority.certificate, server: expiredServer) }
    }
}
