import A7600
import LuaRuntime
import Synchronization

/// The arguments of `apply`: what a context is to be. Fields that are not given stay as they are.
struct TLSRequest: Sendable {
    struct Assignment: Sendable {
        var field: TLSVocabulary.Field
        var value: Argument
    }

    let context: TLSContextObject
    let assignments: [Assignment]

    init(_ options: LuaOptions, context: TLSContextObject) throws(LuaFailure) {
        self.context = context
        var assignments: [Assignment] = []
        for field in TLSVocabulary.fields {
            guard let value = try Self.value(field, options) else { continue }
            let link = context.link
            guard link.profile.sslKeywords.contains(field.keyword) else {
                throw options.failure(field.name, "this firmware has no \(field.keyword.rawValue)")
            }
            if value != .text("") {
                _ = try link.make { commands throws(ArgumentFault) in
                    try commands.tlsSet(field.keyword, context: context.index, to: value)
                }
            }
            assignments.append(Assignment(field: field, value: value))
        }
        self.assignments = assignments
    }

    private static func value(_ field: TLSVocabulary.Field, _ options: LuaOptions) throws(LuaFailure) -> Argument? {
        switch field.keyword {
        case .sslversion:
            return try options.choice(field.name, of: TLSVocabulary.versions)
                .flatMap { TLSVocabulary.versions.firstIndex(of: $0) }.map { .integer($0) }
        case .authmode:
            return try options.choice(field.name, of: TLSVocabulary.verifications)
                .flatMap { TLSVocabulary.verifications.firstIndex(of: $0) }.map { .integer($0) }
        case .ignorelocaltime, .enableSNI:
            return try options.boolean(field.name).map { .integer($0 ? 1 : 0) }
        case .negotiatetime:
            return try options.duration(field.name).map { .integer(Seconds.ceiling($0)) }
        case .cacert, .clientcert, .clientkey, .password:
            return try options.text(field.name).map { .text($0) }
        case .keypwd, .ciphersuites: return nil
        }
    }

    func run(_ flow: Flow) async throws -> Flow.End {
        let before = try await context.read(flow)
        let differing = assignments.filter { before.value(of: $0.field.keyword) != $0.value }
        try await checkFiles(flow, after: before)
        try await checkClock(flow, after: before)
        for assignment in differing {
            try await flow.send(
                try flow.make { commands throws(ArgumentFault) in
                    try commands.tlsSet(assignment.field.keyword, context: context.index, to: assignment.value)
                }
            )
        }
        if !differing.isEmpty { try await readBack(flow) }
        return .values([.list(differing.map { change($0, before) })])
    }

    private func readBack(_ flow: Flow) async throws(LuaFailure) {
        let after = try await context.read(flow)
        let wrong = assignments.filter { assignment in
            after.value(of: assignment.field.keyword).map { $0 != assignment.value } ?? false
        }
        guard let first = wrong.first, let got = after.value(of: first.field.keyword) else { return }
        let shown = TLSVocabulary.shown(got, of: first.field.keyword)
        throw LuaFailure(
            .check,
            "context \(context.index): \(first.field.name) was written and reads back as \(shown)"
        )
    }

    private func change(_ assignment: Assignment, _ before: TLSSettings) -> LuaValue {
        let keyword = assignment.field.keyword
        let old = before.value(of: keyword) ?? .omitted
        let text =
            "\(assignment.field.name): \(TLSVocabulary.shown(old, of: keyword)) → "
            + TLSVocabulary.shown(assignment.value, of: keyword)
        return .record([
            "name": .text(assignment.field.name), "from": TLSVocabulary.value(old, of: keyword),
            "to": TLSVocabulary.value(assignment.value, of: keyword), "text": .text(text),
        ])
    }

    private func chosen(_ keyword: Profile.SSLKeyword, _ before: TLSSettings) -> Argument? {
        assignments.first { $0.field.keyword == keyword }?.value ?? before.value(of: keyword)
    }

    /// The files that will be needed have to be there, and to belong together as far as is known.
    private func checkFiles(_ flow: Flow, after before: TLSSettings) async throws(LuaFailure) {
        let names = needed(before)
        var problems = names.filter(\.value.isEmpty).map { "\($0.field) is not set, and verify needs it" }
        if names.contains(where: { !$0.value.isEmpty }) {
            let stored = try await flow.storedFiles()
            problems += names.filter { !$0.value.isEmpty && !stored.contains($0.value) }.map {
                "\($0.field) \"\($0.value)\" is not in the module: install it first"
            }
        }
        let known = flow.link.module.withLock { $0.files }
        let pair = ["cert", "key"].compactMap { field in names.first { $0.field == field }.flatMap { known[$0.value] } }
        if pair.count == 2, let certificate = pair[0].publicKeySHA256, let key = pair[1].publicKeySHA256,
            certificate != key
        {
            problems.append("key does not belong to cert")
        }
        let findings = CredentialCheck.Findings(problems: problems)
        if let failure = findings.failure(of: "context \(context.index)") { throw failure }
    }

    private func needed(_ before: TLSSettings) -> [(field: String, value: String)] {
        guard case .integer(let mode)? = chosen(.authmode, before) else { return [] }
        let keywords: [(String, Profile.SSLKeyword)]
        switch mode {
        case 1: keywords = [("ca", .cacert)]
        case 2: keywords = [("ca", .cacert), ("cert", .clientcert), ("key", .clientkey)]
        case 3: keywords = [("cert", .clientcert), ("key", .clientkey)]
        default: keywords = []
        }
        return keywords.map { field, keyword in
            guard case .string(let bytes)? = chosen(keyword, before) else { return (field, "") }
            return (field, String(decoding: bytes, as: UTF8.self))
        }
    }

    /// With dates checked, a clock in 1970 makes every certificate invalid.
    private func checkClock(_ flow: Flow, after before: TLSSettings) async throws(LuaFailure) {
        guard chosen(.ignorelocaltime, before) == .integer(0) else { return }
        let clock = try ModemObject.moduleTime(
            try await flow.send(try flow.make { commands throws(ArgumentFault) in try commands.clock() })
        )
        guard clock.isSet else {
            throw LuaFailure(
                .check,
                "context \(context.index): the clock is not set, and ignore_local_time is false",
                hint: "modem:sync_clock or modem:set_clock first"
            )
        }
        let now = clock.secondsSince1970
        let files = flow.link.module.withLock { $0.files }
        let problems = needed(before).compactMap { field, name -> String? in
            guard let facts = files[name]?.facts else { return nil }
            if let start = facts.notBefore, now < start {
                return "\(field) is not valid before \(CivilDate.text(start))"
            }
            if let end = facts.notAfter, now > end { return "\(field) has expired on \(CivilDate.text(end))" }
            return nil
        }
        let findings = CredentialCheck.Findings(problems: problems)
        if let failure = findings.failure(of: "context \(context.index), by the module's clock") { throw failure }
    }
}
