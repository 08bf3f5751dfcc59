/// What is wrong with a set of files that are to be used together, in words, all at once.
struct CredentialCheck: Sendable {
    struct Findings: Sendable, Equatable {
        var problems: [String] = []
        var warnings: [String] = []
    }

    var authority: FileInspection?
    var certificate: FileInspection?
    var key: FileInspection?
    /// Seconds since 1970 that dates are held against.
    var time: Int
    /// Whether the module compares dates with its clock: an authority out of its dates is then a problem.
    var checksDates: Bool
    /// The common name the certificate has to have.
    var subject: String?

    func findings() -> Findings {
        var findings = Findings()
        for (name, file) in [("ca", authority), ("cert", certificate), ("key", key)] {
            guard let file else { continue }
            findings.problems += file.problems.map { "\(name) \($0)" }
            findings.warnings += file.warnings.map { "\(name) \($0)" }
        }
        checkAuthority(&findings)
        checkCertificate(&findings)
        checkKey(&findings)
        return findings
    }

    private func checkAuthority(_ findings: inout Findings) {
        guard let authority else { return }
        if authority.key != nil { findings.problems.append("ca is a private key") }
        guard let facts = authority.certificates.first else { return }
        if !facts.isAuthority {
            findings.problems.append("ca is no authority (\(facts.subject)): use the root that signed it")
        } else if !facts.isSelfIssued {
            findings.warnings.append("ca is an intermediate certificate (\(facts.subject)): the root is safer")
        }
        if let problem = dateProblem(facts) {
            if checksDates {
                findings.problems.append("ca \(problem)")
            } else {
                findings.warnings.append("ca \(problem); the module does not look, others may")
            }
        }
    }

    private func checkCertificate(_ findings: inout Findings) {
        guard let certificate else { return }
        if certificate.key != nil { findings.problems.append("cert is a private key") }
        guard let facts = certificate.certificates.first else { return }
        if let problem = dateProblem(facts) { findings.problems.append("cert \(problem)") }
        if let subject, facts.commonName != subject {
            findings.problems.append("cert is for \"\(facts.commonName ?? "")\", not for \"\(subject)\"")
        }
        guard let authority, let text = certificate.certificateTexts.first, !authority.certificates.isEmpty else {
            return
        }
        let problem = ChainCheck.problem(
            certificate: text,
            intermediates: Array(certificate.certificateTexts.dropFirst()),
            authorities: authority.certificateTexts
        )
        if let problem { findings.problems.append("cert does not lead to ca: \(problem)") }
    }

    private func checkKey(_ findings: inout Findings) {
        guard let key else { return }
        if !key.certificates.isEmpty { findings.problems.append("key is a certificate") }
        guard let own = key.key?.publicKeySHA256, let certificate = certificate?.certificates.first else { return }
        if own != certificate.publicKeySHA256 {
            findings.problems.append("key does not belong to cert (\(certificate.subject))")
        }
    }

    private func dateProblem(_ facts: CertificateFacts) -> String? {
        if time < facts.notBefore { return "is not valid before \(CivilDate.text(facts.notBefore))" }
        if time > facts.notAfter { return "has expired on \(CivilDate.text(facts.notAfter))" }
        return nil
    }
}
