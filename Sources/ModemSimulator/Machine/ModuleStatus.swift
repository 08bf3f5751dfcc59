/// What a module is doing, for the people who watch it.
package struct ModuleStatus: Equatable, Sendable {
    package struct Connection: Equatable, Sendable {
        package var client: Int
        /// As CONNECT was given it; ill-formed text is repaired.
        package var address: String

        package init(client: Int, address: String) {
            self.client = client
            self.address = address
        }
    }

    /// Command lines that were read.
    package var commands = 0
    /// Off, or starting.
    package var isDown = false
    /// MQTT clients that are connected.
    package var connections: [Connection] = []
    /// MQTT clients that are acquired, connected or not.
    package var acquired: [Int] = []
    /// An MQTT request or transition that has not ended.
    package var isBusy = false

    package init() {}
}

extension SimulatedA7600 {
    package var status: ModuleStatus {
        var status = ModuleStatus()
        status.commands = commandCount
        if case .down = mode { status.isDown = true }
        for (index, client) in module.mqtt.clients.enumerated() where client.link == .up {
            let address = client.address.map { String(decoding: $0.text, as: UTF8.self) } ?? ""
            status.connections.append(ModuleStatus.Connection(client: index, address: address))
        }
        status.acquired = module.mqtt.clients.indices.filter { module.mqtt.clients[$0].isAcquired }
        status.isBusy = module.mqtt.transition != nil || module.mqtt.clients.contains { $0.request != nil }
        return status
    }
}
