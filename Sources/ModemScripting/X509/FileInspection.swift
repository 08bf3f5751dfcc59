import A7600

/// A certificate or key file, taken apart and judged as to what the module takes.
struct FileInspection: Sendable {
    enum Content: Sendable, Equatable {
        /// The first one is the file's own; others may be its chain.
        case certificates([CertificateFacts])
        case key(KeyFacts)
        /// Nothing that can be read.
        case unknown
    }

    let document: PEMDocument
    let content: Content
    let sha256: String

    /// What the module's store takes.
    static let largest = 10_240
    /// Beyond this some firmwares give up.
    static let comfortable = 4096

    init(_ bytes: [UInt8]) {
        document = PEMDocument(bytes)
        sha256 = SHA256.hex(bytes)
        content = document.isDER ? Self.der(bytes) : Self.pem(document)
    }

    var certificates: [CertificateFacts] {
        if case .certificates(let certificates) = content { certificates } else { [] }
    }

    var key: KeyFacts? {
        if case .key(let key) = content { key } else { nil }
    }

    /// Of the file's certificate, or of its key.
    var publicKeySHA256: String? { certificates.first?.publicKeySHA256 ?? key?.publicKeySHA256 }

    /// PEM texts of the certificates in the file.
    var certificateTexts: [[UInt8]] {
        document.blocks.filter { $0.label == "CERTIFICATE" }.map(document.text)
    }

    /// What is wrong with the file itself, whatever it is used for.
    var problems: [String] {
        var problems: [String] = []
        if document.bytes.isEmpty { return ["is empty"] }
        if document.bytes.count > Self.largest {
            problems.append("has \(document.bytes.count) bytes; the module takes \(Self.largest)")
        }
        if document.isCut { problems.append("ends within a block: the END line is missing") }
        if content == .unknown, !document.isCut {
            problems.append("holds no certificate and no key that can be read")
        }
        if !document.beginsLines {
            problems.append("has a byte order mark or other text before BEGIN in the same line: cut it")
        }
        if document.hasCRLF { problems.append("has CR LF line ends, which the module counts: convert it to LF") }
        if document.trailing > 0 {
            problems.append("has \(document.trailing) bytes behind its END line: cut them")
        }
        if key?.container == .encrypted {
            problems.append("is an encrypted key: convert it to an unencrypted BEGIN RSA PRIVATE KEY")
        }
        return problems
    }

    /// What may go wrong with some firmwares.
    var warnings: [String] {
        var warnings: [String] = []
        if document.bytes.count > Self.comfortable, document.bytes.count <= Self.largest {
            warnings.append("has \(document.bytes.count) bytes; some firmwares fail above \(Self.comfortable)")
        }
        if document.leading > 0, document.beginsLines {
            warnings.append("has \(document.leading) bytes before its BEGIN line, which some firmwares do not skip")
        }
        if certificates.count > 1 {
            warnings.append("holds \(certificates.count) certificates; some firmwares read only the first")
        }
        switch key?.container {
        case .pkcs8?: warnings.append("is not BEGIN RSA PRIVATE KEY, the only kind proven to work")
        case .ellipticCurve?: warnings.append("is an elliptic curve key; only RSA keys are proven to work")
        case .rsa?, .encrypted?, nil: break
        }
        return warnings
    }

    private static func der(_ bytes: [UInt8]) -> Content {
        if let certificate = OpenSSLReader.certificate(der: bytes) { return .certificates([certificate]) }
        if let key = OpenSSLReader.key(der: bytes) {
            let container: KeyFacts.Container = key.type == "rsa" ? .rsa : .ellipticCurve
            return .key(
                KeyFacts(
                    container: container,
                    keyType: key.type,
                    keyBits: key.bits,
                    publicKeySHA256: key.publicKeySHA256
                )
            )
        }
        return .unknown
    }

    private static func pem(_ document: PEMDocument) -> Content {
        let certificates = document.blocks.filter { $0.label == "CERTIFICATE" }.compactMap { block in
            OpenSSLReader.certificate(pem: document.text(of: block))
        }
        if !certificates.isEmpty { return .certificates(certificates) }
        guard let block = document.blocks.first(where: { $0.label.hasSuffix("PRIVATE KEY") }) else { return .unknown }
        if block.isEncrypted { return .key(KeyFacts(container: .encrypted)) }
        guard let key = OpenSSLReader.key(pem: document.text(of: block)) else { return .unknown }
        let container: KeyFacts.Container =
            switch block.label {
            case "RSA PRIVATE KEY": .rsa
            case "EC PRIVATE KEY": .ellipticCurve
            default: key.type == "ec" ? .ellipticCurve : .pkcs8
            }
        return .key(
            KeyFacts(
                container: container,
                keyType: key.type,
                keyBits: key.bits,
                publicKeySHA256: key.publicKeySHA256
            )
        )
    }
}

extension FileInspection {
    /// For the ranked checks behind a failed connection.
    var facts: FileFacts {
        FileFacts(
            kind: kind,
            notBefore: certificates.first?.notBefore,
            notAfter: certificates.first?.notAfter,
            hasCRLF: document.hasCRLF,
            hasTrailingBytes: document.trailing > 0,
            sourceBytes: document.bytes.count,
            sentBytes: document.bytes.count
        )
    }

    private var kind: FileFacts.Kind? {
        switch content {
        case .certificates(let certificates):
            guard let first = certificates.first else { return nil }
            if !first.isAuthority { return .leaf }
            return first.isSelfIssued ? .root : .intermediate
        case .key(let key):
            switch key.container {
            case .rsa: return .key(.rsa)
            case .pkcs8: return .key(.pkcs8)
            case .ellipticCurve: return .key(.ellipticCurve)
            case .encrypted: return .key(.encrypted)
            }
        case .unknown: return nil
        }
    }
}
