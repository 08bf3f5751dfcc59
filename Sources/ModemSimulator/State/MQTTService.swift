/// The MQTT service and its two clients.
struct MQTTService: Sendable {
    var isStarted = false
    /// The ticket of a START or STOP that has not ended.
    var transition: Ticket?
    var clients = [MQTTClient(), MQTTClient()]
    /// SSL contexts bound by `AT+CMQTTSSLCFG`, per client; they exist beside acquired clients.
    var bindings: [Int?] = [nil, nil]
}
