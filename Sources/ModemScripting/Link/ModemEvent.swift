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
    case port(PortNews)
}

/// What becomes of a modem's port.
enum PortNews: Sendable, Equatable {
    /// The state of the link; in words.
    case state(String)
    case lost
    /// Open again, and the same module answers. Openings are counted from 1.
    case reopened(opening: Int)
    /// It will not be opened again; why.
    case abandoned(String)

    var text: String {
        switch self {
        case .state(let text), .abandoned(let text): text
        case .lost: "the port is gone"
        case .reopened: "the port is open again"
        }
    }
}

/// The end of a client's connection that nobody asked for.
struct ClientLoss: Sendable, Equatable {
    /// Nil: both clients.
    var client: Int?
    /// 1 to 3 as in `+CMQTTCONNLOST`; 0: the module restarted, or its port is gone.
    var cause: Int
    /// In words.
    var text: String

    func concerns(_ index: Int) -> Bool {
        client == nil || client == index
    }
}
