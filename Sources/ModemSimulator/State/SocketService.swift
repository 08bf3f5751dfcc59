/// The IP service of `AT+NETOPEN`, which MQTT does not need.
struct SocketService: Sendable {
    var isOpen = false
    /// PDP context of the sockets (`AT+CSOCKSETPN`).
    var context = 1
}
