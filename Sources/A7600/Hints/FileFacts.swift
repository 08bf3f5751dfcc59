/// What a host knows of a certificate or key file that it has sent.
public struct FileFacts: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// A certificate that is self-issued and may sign others.
        case root
        case intermediate
        case leaf
        case key(KeyKind)
    }

    public enum KeyKind: Hashable, Sendable {
        /// `BEGIN RSA PRIVATE KEY`, the only kind proven to work.
        case rsa
        case pkcs8
        case ellipticCurve
        case encrypted
    }

    public var kind: Kind?
    /// Seconds since 1970.
    public var notBefore: Int?
    public var notAfter: Int?
    public var hasCRLF: Bool
    /// Bytes behind the end line.
    public var hasTrailingBytes: Bool
    /// The size of the source, and what was sent to the module.
    public var sourceBytes: Int?
    public var sentBytes: Int?
    /// Whether this key belongs to the certificate it was sent with.
    public var fitsCertificate: Bool?

    public init(
        kind: Kind? = nil,
        notBefore: Int? = nil,
        notAfter: Int? = nil,
        hasCRLF: Bool = false,
        hasTrailingBytes: Bool = false,
        sourceBytes: Int? = nil,
        sentBytes: Int? = nil,
        fitsCertificate: Bool? = nil
    ) {
        self.kind = kind
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.hasCRLF = hasCRLF
        self.hasTrailingBytes = hasTrailingBytes
        self.sourceBytes = sourceBytes
        self.sentBytes = sentBytes
        self.fitsCertificate = fitsCertificate
    }
}
