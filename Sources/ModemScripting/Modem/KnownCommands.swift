import ATProtocol
import Synchronization

/// The commands that a modem's last plain lines stand for: a script sends the same few again and again, and each is read
/// and checked once.
///
/// Only lines that were checked in full, without data, and that hold no secret: none outlives its command in here.
final class KnownCommands: Sendable {
    private struct State {
        var commands: [Command] = []
        /// Which one goes next.
        var oldest = 0
    }

    private static let capacity = 16
    private static let longestLine = 128

    private let state = Mutex(State())

    func command(line: [UInt8]) -> Command? {
        state.withLock { state in state.commands.first { $0.line == line } }
    }

    /// - Parameter command: just read from a plain line.
    func keep(_ command: Command) {
        guard command.data == nil, command.secrets.isEmpty, command.line.count <= Self.longestLine else { return }
        state.withLock { state in
            if state.commands.count < Self.capacity {
                state.commands.append(command)
            } else {
                state.commands[state.oldest] = command
                state.oldest = (state.oldest + 1) % Self.capacity
            }
        }
    }
}
