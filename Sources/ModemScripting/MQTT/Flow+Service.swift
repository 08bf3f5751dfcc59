import A7600
import ATProtocol
import LuaRuntime
import Synchronization

/// Steps of the MQTT service that several calls share. Each leaves the host's knowledge of the module as it found it
/// to be.
extension Flow {
    /// Indices of the clients that are connected.
    func connectedClients() async throws(LuaFailure) -> Set<Int> {
        let reply = try await send(try make { commands throws(ArgumentFault) in try commands.mqttConnected() })
        let connected = reply.lines.compactMap { ClientConnection($0) }.filter { $0.state == .connected }
        return Set(connected.map(\.client))
    }

    /// Starts the service, or adopts one that runs already.
    func startService() async throws(LuaFailure) {
        guard link.module.withLock({ $0.service }) != .started else { return }
        let command = try make { commands throws(ArgumentFault) in try commands.mqttStart() }
        switch await attempt(command) {
        case .success:
            link.module.withLock { $0.service = .started }
        case .failure(let failure):
            guard failure.code == .error || failure.code == .result(.mqtt, ResultCode.networkIsOpened.rawValue) else {
                throw await explainedStart(failure)
            }
            // ERROR says "started already", or "no MQTT here": whether the clients can be read tells them apart.
            let state = try await ServiceState(self)
            guard state.service == .started else {
                var explained = link.failure(failure)
                explained.hint =
                    "the firmware has no MQTT, or the service failed to start: check the revision in info()"
                throw explained
            }
        }
    }

    /// Codes 1 and 7 come from the network: what SIM, registration and addresses say is added.
    private func explainedStart(_ failure: ATFailure) async -> LuaFailure {
        var explained = link.failure(failure)
        guard explained.kind == .mqtt else { return explained }
        var findings: [String] = []
        for line in ["AT+CPIN?", "AT+CEREG?", "AT+CGPADDR"] {
            do throws(LuaFailure) {
                let reply = try await send(
                    try make { commands throws(ArgumentFault) in
                        try Catalogue.command(line: line, profile: commands.profile)
                    }
                )
                findings += reply.lines.map { PlainWords.explain($0) ?? $0.text }
            } catch {
                findings.append(error.message)
            }
        }
        if !findings.isEmpty {
            explained.hint = (explained.hint.map { "\($0); " } ?? "") + findings.joined(separator: "; ")
        }
        return explained
    }

    /// - Returns: whether it was running and now is not.
    @discardableResult
    func stopService() async throws(LuaFailure) -> Bool {
        let command = try make { commands throws(ArgumentFault) in try commands.mqttStop() }
        switch await attempt(command) {
        case .success:
            link.module.withLock { $0.service = .stopped }
            return true
        case .failure(let failure)
        where failure.code == .error
            || failure.code == .result(.mqtt, ResultCode.networkNotOpened.rawValue):
            link.module.withLock { $0.service = .unknown }
            return false
        case .failure(let failure):
            throw link.failure(failure)
        }
    }

    /// A client that is not connected counts as disconnected.
    func disconnectClient(_ index: Int, timeout: Duration) async throws(LuaFailure) {
        let command = try Self.disconnectCommand(index, timeout: timeout, link: link)
        switch await attempt(command) {
        case .success: break
        case .failure(let failure):
            guard Self.isDisconnected(failure) else { throw link.failure(failure) }
        }
        link.module.withLock { $0.connectionLost(client: index) }
    }

    static func disconnectCommand(
        _ index: Int,
        timeout: Duration,
        link: ModemLink
    ) throws(LuaFailure) -> Command {
        let range = link.profile.discTimeout.seconds
        let seconds = min(max(Seconds.ceiling(timeout), range.lowerBound), range.upperBound)
        return try link.make { commands throws(ArgumentFault) in
            try commands.mqttDisconnect(client: index, timeout: seconds)
        }
    }

    /// Codes after which the client has no connection all the same: no connection (11), failed farewells (1, 5, 35).
    static func isDisconnected(_ failure: ATFailure) -> Bool {
        guard case .result(.mqtt, let code) = failure.code else { return false }
        let codes: [ResultCode] = [.noConnection, .failed, .socketCloseFailed, .disconnectFailed, .clientNotAcquired]
        return codes.contains(ResultCode(rawValue: code))
    }

    /// A client that is not acquired counts as released.
    func releaseClient(_ index: Int) async throws(LuaFailure) {
        let command = try make { commands throws(ArgumentFault) in try commands.mqttRelease(client: index) }
        switch await attempt(command) {
        case .success: break
        case .failure(let failure):
            let isFree = failure.code == .result(.mqtt, ResultCode.clientNotAcquired.rawValue)
            guard isFree else { throw link.failure(failure) }
        }
        link.module.withLock { $0.clients[index] = ModuleKnowledge.Client() }
    }
}
