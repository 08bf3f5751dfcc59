import A7600
import LuaRuntime
import Synchronization

/// The argument of `certs:sync`: what the store is to hold.
struct SyncRequest: Sendable {
    private let files: [OutgoingFile]
    private let prune: Bool

    init(_ arguments: LuaArguments, host: LuaHost, link: ModemLink) throws(LuaFailure) {
        let table = try arguments.table(0)
        guard table.items.isEmpty else { throw arguments.failure(0, "files stand under their names") }
        var files: [OutgoingFile] = []
        var prune = false
        for pair in table.pairs.sorted(by: { $0.key.path < $1.key.path }) {
            guard case .string(let bytes) = pair.key else {
                throw arguments.failure(0, "files stand under their names")
            }
            let name = String(decoding: bytes, as: UTF8.self)
            if name == "prune" {
                guard let flag = pair.value.boolean else { throw arguments.failure(0, "'prune' is true or false") }
                prune = flag
                continue
            }
            guard let source = pair.value.table else {
                throw arguments.failure(0, "'\(name)' is a table with file, pem or secret")
            }
            let options = LuaOptions(source, index: 0, function: arguments.function)
            try options.refuseUnknown(known: CertificatesObject.sources.map(\.name))
            files.append(try OutgoingFile(name: name, prefix: "file", options, host: host, link: link))
        }
        self.files = files
        self.prune = prune
    }

    func run(_ flow: Flow) async throws -> Flow.End {
        let stored = try await flow.storedFiles()
        var installed: [LuaValue] = []
        var skipped: [LuaValue] = []
        for file in files {
            let record = try await flow.install(file, stored: stored)
            if record.table?["skipped"].isTruthy ?? false {
                skipped.append(.text(file.name))
            } else {
                installed.append(.text(file.name))
            }
        }
        var deleted: [LuaValue] = []
        for name in stored where prune && !files.contains(where: { $0.name == name }) {
            try await flow.send(
                try flow.make { commands throws(ArgumentFault) in
                    try commands.certificateDelete(name: name)
                }
            )
            flow.link.module.withLock { $0.files[name] = nil }
            deleted.append(.text(name))
        }
        return .values([
            .record(["installed": .list(installed), "skipped": .list(skipped), "deleted": .list(deleted)])
        ])
    }
}
