internal import ATProtocol
internal import ModemSession

/// What an operator is told of the link to a module, in the words of all commands.
enum LinkWords {
    enum Tone: Equatable { case good, neutral, bad }

    static let unanswered = "no answer yet; the module may be starting"
    static let answers = "the module answers"

    /// Nil: nothing an operator has to know.
    static func of(_ state: LinkState) -> (text: String, tone: Tone)? {
        switch state {
        case .silent: ("the module does not answer; trying to reach it again", .bad)
        case .reopening: ("closing the port and opening it again", .neutral)
        case .failed: ("the module does not answer, and nothing helps", .bad)
        case .closed, .synchronising, .ready, .resetting, .restarting: nil
        }
    }

    static func restart(expected: Bool) -> (text: String, tone: Tone) {
        expected ? ("the module has restarted", .neutral) : ("the module has restarted by itself", .bad)
    }

    /// Nil: nothing an operator has to know.
    static func of(_ change: PortChange) -> (text: String, tone: Tone)? {
        switch change {
        case .opened(let generation, let name): generation.number > 1 ? ("\(name) is open again", .good) : nil
        case .lost(_, .vanished): ("the port is gone; waiting for it", .bad)
        case .lost(_, .closed), .stillClosed: nil
        case .abandoned(let error): (error.message, .bad)
        }
    }
}
