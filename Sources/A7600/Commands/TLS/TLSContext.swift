public import ATProtocol

// AT manual V1.09, SSL chapter: ten contexts, each a set of values under keywords. They work without the MQTT service.
extension Commands {
    static let tlsContext = CommandDescription(
        "+CSSLCFG",
        "read and set the SSL contexts",
        [
            Form(.test, answer: .test("+CSSLCFG", .many, first: .string, maximum: .flashWrite)),
            // The password of the key stands in a field of its own where the firmware has one.
            Form(.read) { _, profile in .tls(.many, profile) },
            Form(.write, [.context]) { _, profile in .tls(.one, profile) },
            setting(.sslversion, .integer(0...4), "0 SSL 3.0, 1 TLS 1.0, 2 TLS 1.1, 3 TLS 1.2, 4 all up to TLS 1.2"),
            setting(.authmode, .integer(0...3), "0 none, 1 the server, 2 both, 3 only the client is authenticated"),
            setting(.ignorelocaltime, .integer(0...1), "0 dates of certificates are checked, 1 they are not"),
            setting(.negotiatetime, .integer(10...300), "seconds the TLS negotiation may take"),
            setting(.cacert, Parameter.fileName.domain, "file of the root CA"),
            setting(.clientcert, Parameter.fileName.domain, "file of the client certificate"),
            setting(.clientkey, Parameter.fileName.domain, "file of the client key"),
            setting(.password, Parameter.fileName.domain, "file with the password of the key"),
            setting(.enableSNI, .integer(0...1), "1 the host name of the address is sent to the server"),
            setting(.keypwd, .string(0...128, .printable), "password of the key", secret: "password"),
            setting(.ciphersuites, .hexadecimal(0x002F...0xFFFF), "one cipher suite; 0xFFFF: all"),
        ]
    )

    private static func setting(
        _ keyword: Profile.SSLKeyword,
        _ domain: Domain,
        _ help: String,
        secret: String? = nil
    ) -> Form {
        Form(
            .write,
            [
                Parameter("keyword", .profile { .keyword($0.sslKeywords.map(\.rawValue)) }, "what to set"),
                .context,
                Parameter("value", domain, help, secret: secret),
            ],
            isOffered: { $0.sslKeywords.contains(keyword) },
            keyword: keyword.rawValue,
            answer: { _, _ in .plain(maximum: .flashWrite) }
        )
    }

    /// All ten contexts, a line each.
    public func tlsContexts() throws(ArgumentFault) -> Command {
        try build(Self.tlsContext, .read)
    }

    /// - Parameter context: 0 to 9.
    public func tlsContext(_ context: Int) throws(ArgumentFault) -> Command {
        try build(Self.tlsContext, .write, [.integer(context)])
    }

    /// - Parameters:
    ///   - context: 0 to 9.
    ///   - value: a number, or the name of a file as `.text`; `.word` for `ciphersuites`.
    public func tlsSet(
        _ keyword: Profile.SSLKeyword,
        context: Int,
        to value: Argument
    ) throws(ArgumentFault) -> Command {
        guard profile.sslKeywords.contains(keyword) else {
            throw ArgumentFault(
                command: "AT+CSSLCFG",
                parameter: "keyword",
                value: "\"\(keyword.rawValue)\"",
                allowed: profile.sslKeywords.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            )
        }
        return try build(Self.tlsContext, .write, [.text(keyword.rawValue), .integer(context), value])
    }
}

extension CommandSpec {
    // A line may be cut in its quotes, so its fields are not looked at.
    fileprivate static func tls(_ arity: Arity, _ profile: Profile) -> CommandSpec {
        let secret: [SecretField] =
            switch profile.sslRead {
            case .passwordAndSNI: []
            case .sniKeyPasswordAndCiphers: [SecretField(9, label: "password")]
            }
        return .lines(arity, .prefix("+CSSLCFG"), maximum: .flashWrite, secret: secret)
    }
}

extension Duration {
    /// Printed for each command of the SSL chapter, since it may write to the flash memory.
    static let flashWrite: Duration = .seconds(120)
}
