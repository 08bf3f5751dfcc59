/// What a certificate says of itself (RFC 5280).
struct CertificateFacts: Sendable, Equatable {
    /// As OpenSSL prints it in one line: `CN = unit-001, O = Example`.
    var subject: String
    var issuer: String
    /// The last common name of the subject.
    var commonName: String?
    /// Seconds since 1970.
    var notBefore: Int
    var notAfter: Int
    /// `rsa`, `ec`, or the library's name.
    var keyType: String
    var keyBits: Int
    /// Names and addresses of subjectAltName: `DNS:broker.example`, `IP:127.0.0.1`.
    var alternativeNames: [String]
    /// basicConstraints says that it may sign others.
    var isAuthority: Bool
    /// Subject and issuer are the same.
    var isSelfIssued: Bool
    /// Hexadecimal.
    var serial: String
    /// Of the whole certificate in DER.
    var sha256: String
    /// Of its public key in DER: the same as that of the key that belongs to it.
    var publicKeySHA256: String
}

/// What a private key is.
struct KeyFacts: Sendable, Equatable {
    enum Container: Sendable, Equatable {
        /// `BEGIN RSA PRIVATE KEY`.
        case rsa
        /// `BEGIN PRIVATE KEY`.
        case pkcs8
        /// `BEGIN EC PRIVATE KEY`.
        case ellipticCurve
        case encrypted
    }

    var container: Container
    /// `rsa`, `ec`; nil: it cannot be looked into.
    var keyType: String?
    var keyBits: Int?
    var publicKeySHA256: String?
}
