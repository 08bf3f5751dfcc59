import A7600
import ATProtocol
import LuaRuntime
import Synchronization

/// What the module says of its MQTT service. Its state outlives the host's, so it is asked, not assumed.
struct ServiceState: Sendable {
    struct Client: Sendable {
        var index: Int
        var id: [UInt8]
        var type: ServerType?
        var isConnected: Bool
    }

    enum Service: String, Sendable { case started, stopped }

    var service: Service
    /// Those acquired.
    var clients: [Client]

    /// - Throws: `LuaFailure`, unless the module answers at all.
    init(_ flow: Flow) async throws(LuaFailure) {
        let command = try flow.make { commands throws(ArgumentFault) in try commands.mqttClients() }
        switch await flow.attempt(command) {
        case .failure(let failure):
            // The read form is refused while the service is stopped.
            guard failure.code == .error else { throw flow.link.failure(failure) }
            service = .stopped
            clients = []
        case .success(let reply):
            service = .started
            clients = reply.lines.compactMap { AcquiredClient($0) }.filter { !$0.isFree }.map { client in
                Client(index: client.client, id: client.id, type: client.type, isConnected: false)
            }
            if !clients.isEmpty { try await readConnections(flow) }
        }
        let isStarted = service == .started
        flow.link.module.withLock { $0.service = isStarted ? .started : .stopped }
    }

    private mutating func readConnections(_ flow: Flow) async throws(LuaFailure) {
        let connected = try await flow.connectedClients()
        for index in clients.indices {
            clients[index].isConnected = connected.contains(clients[index].index)
        }
    }

    var table: LuaTable {
        LuaTable([
            "service": .text(service.rawValue),
            "clients": .list(
                clients.map { client in
                    .record([
                        "index": .integer(client.index), "id": .string(client.id),
                        "type": .text(client.type == .tls ? "tls" : "tcp"),
                        "connected": .boolean(client.isConnected),
                    ])
                }
            ),
        ])
    }
}
