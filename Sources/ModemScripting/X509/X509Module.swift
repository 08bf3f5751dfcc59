import LuaRuntime

/// `x509`: looks into certificates and keys before they go to a module.
enum X509Module {
    static let module = LuaModule(
        "x509",
        "Looks into certificates and keys before they go to a module.",
        functions: [inspect, check]
    )

    private static let inspect = LuaFunction.synchronous(
        "inspect",
        LuaDocumentation(
            "Tells what a certificate or key file holds.",
            parameters: [.init("pem", "string|secret", "PEM or DER text, or a secret.")],
            results: [
                .init(
                    "CertificateInfo",
                    "`subject issuer common_name not_before not_after` (s since 1970) `key_type key_bits san is_ca self_issued serial sha256 chain`; of a key `key_type key_bits container`."
                )
            ],
            errors: [.argument, .check],
            example: #"local c = x509.inspect(file.read("ca.pem")); print(c.subject, c.not_after)"#
        )
    ) { call throws(LuaFailure) in
        let bytes = try call.arguments.scriptBytes(0)
        let inspection = FileInspection(bytes.bytes)
        switch inspection.content {
        case .certificates(let certificates):
            guard let first = certificates.first else { return }
            var table = LuaTable(first)
            table["chain"] = .integer(certificates.count)
            try call.push(.table(table))
        case .key(let key):
            try call.push(.table(LuaTable(key)))
        case .unknown:
            throw LuaFailure(.check, "holds no certificate and no key that can be read")
        }
    }

    private static let check = LuaFunction.synchronous(
        "check",
        LuaDocumentation(
            "Checks files that are to be used together; all that is wrong is listed in one error.",
            parameters: [
                .fields([
                    .init("ca", "string|secret", optional: true, "The authority."),
                    .init("cert", "string|secret", optional: true, "The client's certificate."),
                    .init("key", "string|secret", optional: true, "The client's key."),
                    .init("at", "number", unit: "s", default: "time.now()", "When it is to hold, since 1970."),
                    .init("subject", "string", optional: true, "Common name the certificate has to have."),
                ])
            ],
            results: [.init("string[]", "Warnings: what some firmwares may not take.")],
            errors: [.argument, .init(.check, "something is wrong; `problems` lists it")],
            example:
                #"x509.check{ ca = file.read("ca.pem"), cert = file.read("unit.pem"), key = secret.file "unit.key" }"#
        )
    ) { call throws(LuaFailure) in
        let arguments = try call.arguments
        _ = try arguments.table(0)
        let options = try arguments.options(0, known: ["ca", "cert", "key", "at", "subject"])
        let check = CredentialCheck(
            authority: try options.scriptBytes("ca").map { FileInspection($0.bytes) },
            certificate: try options.scriptBytes("cert").map { FileInspection($0.bytes) },
            key: try options.scriptBytes("key").map { FileInspection($0.bytes) },
            time: Int(try options.number("at") ?? call.host.clock.wall),
            checksDates: true,
            subject: try options.text("subject")
        )
        guard check.authority != nil || check.certificate != nil || check.key != nil else {
            throw arguments.failure(0, "nothing to check: give ca, cert or key")
        }
        let findings = check.findings()
        if let failure = findings.failure(of: nil) { throw failure }
        try call.push(.list(findings.warnings.map { .text($0) }))
    }
}

extension CredentialCheck.Findings {
    /// One failure for all problems; nil without any.
    func failure(of name: String?) -> LuaFailure? {
        guard !problems.isEmpty else { return nil }
        let subject = name.map { "\($0): " } ?? ""
        var failure = LuaFailure(
            .check,
            subject + problems.joined(separator: "; "),
            hint: "correct the files, or give check = false where it is offered"
        )
        failure.extra["problems"] = .list(problems.map { .text($0) })
        return failure
    }
}

extension LuaTable {
    init(_ facts: CertificateFacts) {
        self.init([
            "subject": .text(facts.subject), "issuer": .text(facts.issuer),
            "common_name": .optional(facts.commonName),
            "not_before": .integer(facts.notBefore), "not_after": .integer(facts.notAfter),
            "key_type": .text(facts.keyType), "key_bits": .integer(facts.keyBits),
            "san": .list(facts.alternativeNames.map { .text($0) }),
            "is_ca": .boolean(facts.isAuthority), "self_issued": .boolean(facts.isSelfIssued),
            "serial": .text(facts.serial), "sha256": .text(facts.sha256),
        ])
    }

    init(_ key: KeyFacts) {
        let container =
            switch key.container {
            case .rsa: "rsa"
            case .pkcs8: "pkcs8"
            case .ellipticCurve: "ec"
            case .encrypted: "encrypted"
            }
        self.init([
            "container": .text(container), "key_type": .optional(key.keyType),
            "key_bits": key.keyBits.map { .integer($0) } ?? .nil,
        ])
    }
}
