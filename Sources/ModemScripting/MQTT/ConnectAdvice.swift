import A7600
import ATProtocol
import LuaRuntime
import Synchronization

/// Why a connection may have failed: from what was configured, and what the module can still tell.
struct ConnectAdvice: Sendable {
    private let client: MQTTClientObject
    private let host: String
    private let port: Int

    init(_ client: MQTTClientObject, host: String, port: Int) {
        self.client = client
        self.host = host
        self.port = port
    }

    /// The likeliest causes first. Nil: the code's own advice is all there is to say.
    func causes(of code: ResultCode, _ flow: Flow) async -> String? {
        guard Hints.tlsCodes.contains(code) else { return nil }
        let question = Flow(link: flow.link, call: flow.call, timeout: .seconds(9))
        var description = ConnectionDescription(host: host, port: port, serverType: client.request.type)
        if let context = client.request.context {
            await describe(context.index, question, &description)
        }
        return Hints.ranked(for: code, description).joined(separator: "; ")
    }

    private func describe(_ context: Int, _ question: Flow, _ description: inout ConnectionDescription) async {
        // The context was bound just before CONNECT.
        description.configuredContext = context
        description.usedContext = context
        let profile = question.link.profile
        description.settings = await read(question) { commands throws(ArgumentFault) in
            try commands.tlsContext(context)
        } _: {
            TLSSettings($0, profile: profile)
        }.first
        description.storedFiles = await read(question) { commands throws(ArgumentFault) in
            try commands.certificateList()
        } _: {
            CertificateName($0)?.name
        }
        description.clock = await read(question) { commands throws(ArgumentFault) in
            try commands.clock()
        } _: {
            ModuleTime($0)
        }.first
        let files = question.link.module.withLock { $0.files }
        description.files = files.mapValues(\.facts)
        guard let settings = description.settings,
            let key = files[settings.keyFile]?.publicKeySHA256,
            let certificate = files[settings.certificateFile]?.publicKeySHA256
        else { return }
        description.files[settings.keyFile]?.fitsCertificate = key == certificate
    }

    /// What the lines of an answer say; empty when the command fails, for this is advice only.
    private func read<Value>(
        _ question: Flow,
        _ build: (Commands) throws(ArgumentFault) -> Command,
        _ value: (Line) -> Value?
    ) async -> [Value] {
        do throws(LuaFailure) {
            return try await question.send(try question.make(build)).lines.compactMap(value)
        } catch {
            return []
        }
    }
}
