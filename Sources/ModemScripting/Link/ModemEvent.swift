import A7600
import ATProtocol

/// What happens on a modem's line, as scripts see it, in the order of the wire.
enum ModemEvent: Sendable, Equatable {
    /// An unsolicited line that is no part of a message.
    case urc(Line)
    /// A received MQTT message, in the place of its last line.
    case message(ReceivedMessage)
    /// A client has lost its connection; stands behind the line that says so.
    case lost(ClientLoss)
    /// Something that belonged to a command whose caller has been answered already; in words.
    case late(String)
    case anomaly(String)
    case restarted(expected: Bool)
    /// The state of the link; in words.
    case port(String)
}

/// The end of a client's connection that nobody asked for.
struct ClientLoss: Sendable, Equatable {
    /// Nil: both clients.
    var client: Int?
    /// 1 to 3 as in `+CMQTTCONNLOST`; 0: the module restarted.
    var cause: Int
    /// In words.
    var text: String

    func concerns(_ index: Int) -> Bool {
        client == nil || client == index
    }
}
