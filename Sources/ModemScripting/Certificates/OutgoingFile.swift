import A7600
import ATProtocol
import LuaRuntime
import Synchronization

/// A file on its way to the module: read, checked, and as a command.
struct OutgoingFile: Sendable {
    let name: String
    let inspection: FileInspection
    /// Whether the name proves the content.
    let isContentAddressed: Bool
    let warnings: [String]
    let command: Command

    /// - Throws: kind `check` with all that is wrong, `denied` when the file may not be read.
    init(_ options: LuaOptions, host: LuaHost, link: ModemLink) throws(LuaFailure) {
        guard let name = try options.text("name") else { throw options.failure("name", "is missing") }
        let prefix = try options.text("prefix") ?? "file"
        if name != "auto", !options["prefix"].isNil {
            throw options.failure("prefix", #"goes with name = "auto" only"#)
        }
        try self.init(name: name, prefix: prefix, options, host: host, link: link)
    }

    init(name: String, prefix: String, _ options: LuaOptions, host: LuaHost, link: ModemLink) throws(LuaFailure) {
        let content = try Self.content(options, host)
        let inspection = FileInspection(content.bytes)
        let isContentAddressed = name == "auto"
        let fileName =
            isContentAddressed
            ? "\(prefix)-\(inspection.sha256.prefix(8)).\(inspection.document.isDER ? "der" : "pem")" : name
        self.name = fileName
        self.inspection = inspection
        self.isContentAddressed = isContentAddressed
        if try options.boolean("check") ?? true {
            let findings = Self.findings(inspection, time: Int(host.clock.wall))
            if let failure = findings.failure(of: fileName) { throw failure }
            warnings = findings.warnings
        } else {
            warnings = []
        }
        command = try link.make { commands throws(ArgumentFault) in
            try commands.certificateDownload(name: fileName, content: content.bytes)
        }.hiding(line: false, data: content.isSecret)
    }

    private static func content(_ options: LuaOptions, _ host: LuaHost) throws(LuaFailure) -> ScriptBytes {
        let given = ["file", "pem", "secret"].filter { !options[$0].isNil }
        guard given.count == 1 else {
            throw options.failure("file", "give exactly one of file, pem and secret")
        }
        if let file = try options.text("file") {
            return ScriptBytes(bytes: try host.readFile(file, limit: 1 << 20), isSecret: false)
        }
        if let secret = try options.object("secret", as: LuaSecret.self, named: "secret") {
            return ScriptBytes(bytes: secret.bytes, isSecret: true)
        }
        guard let content = try options.scriptBytes("pem") else { throw options.failure("pem", "is missing") }
        return content
    }

    /// What is wrong with one file by itself. Dates are held against the host's clock: an authority out of its dates
    /// works where the module ignores them, a client's certificate does not.
    private static func findings(_ file: FileInspection, time: Int) -> CredentialCheck.Findings {
        var findings = CredentialCheck.Findings(problems: file.problems, warnings: file.warnings)
        guard let certificate = file.certificates.first else { return findings }
        let isPast = time > certificate.notAfter
        guard isPast || time < certificate.notBefore else { return findings }
        let text =
            isPast
            ? "has expired on \(CivilDate.text(certificate.notAfter))"
            : "is not valid before \(CivilDate.text(certificate.notBefore))"
        if certificate.isAuthority {
            findings.warnings.append(text)
        } else {
            findings.problems.append(text)
        }
        return findings
    }

    func record(skipped: Bool) -> LuaValue {
        .record([
            "name": .text(name), "bytes": .integer(inspection.document.bytes.count),
            "sha256": .text(inspection.sha256), "skipped": .boolean(skipped),
            "warnings": .list(warnings.map { .text($0) }),
        ])
    }
}

extension Flow {
    private func transfer(of file: String) async throws(LuaFailure) -> FileTransfer {
        guard let journal = link.transfers else { return FileTransfer(file: file, imei: "", journal: nil) }
        return FileTransfer(file: file, imei: try await imei(), journal: journal)
    }

    /// The names in the module's store.
    func storedFiles() async throws(LuaFailure) -> [String] {
        let reply = try await send(try make { commands throws(ArgumentFault) in try commands.certificateList() })
        return reply.lines.compactMap { CertificateName($0)?.name }
    }

    /// Sends the file unless its content is known to be there: by its name, or because this run has sent it. A name whose
    /// transfer was once cut proves nothing.
    func install(_ file: OutgoingFile, stored: [String]) async throws(LuaFailure) -> LuaValue {
        let sent = SentFile(
            bytes: file.inspection.document.bytes.count,
            sha256: file.inspection.sha256,
            publicKeySHA256: file.inspection.publicKeySHA256,
            facts: file.inspection.facts
        )
        let known = link.module.withLock { $0.files[file.name] }
        let transfer = try await transfer(of: file.name)
        let isThere =
            stored.contains(file.name) && !transfer.wasCut
            && (file.isContentAddressed || known?.sha256 == sent.sha256)
        if !isThere {
            try transfer.begin()
            try await send(file.command)
            guard try await storedFiles().contains(file.name) else {
                throw LuaFailure(.check, "\(file.name) was sent, and the module does not list it")
            }
            try transfer.end()
        }
        link.module.withLock { $0.files[file.name] = sent }
        for warning in file.warnings {
            call.host.log(LuaLogRecord(.warning, "\(file.name) \(warning)", task: call.task.name))
        }
        note("\(file.name) \(isThere ? "unchanged" : "installed, \(sent.bytes) B")")
        return file.record(skipped: isThere)
    }
}
