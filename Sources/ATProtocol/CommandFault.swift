/// Why a command must not be written.
enum CommandFault: Equatable, Sendable, CustomStringConvertible {
    case empty
    case forbiddenByte(UInt8, at: Int)
    case tooLong(Int, limit: Int)
    case dataWithoutPrompt
    case promptWithoutData

    /// - Parameter limit: longest line behind `AT`.
    init?(_ command: borrowing Command, hasPrompt: Bool, limit: Int) {
        if command.line.isEmpty {
            self = .empty
        } else if let index = command.forbidden {
            self = .forbiddenByte(command.line[index], at: index)
        } else if command.line.count > limit + 2 {
            self = .tooLong(command.line.count - 2, limit: limit)
        } else if !hasPrompt, command.data != nil {
            self = .dataWithoutPrompt
        } else if hasPrompt, command.data?.isEmpty ?? true {
            self = .promptWithoutData
        } else {
            return nil
        }
    }

    var description: String {
        switch self {
        case .empty: "the command line is empty"
        case .forbiddenByte(let byte, let index): "byte \(byte) at position \(index) must not stand in a command line"
        case .tooLong(let count, let limit): "\(count) bytes after AT, at most \(limit) are allowed"
        case .dataWithoutPrompt: "data given to a command that does not ask for any"
        case .promptWithoutData: "the command asks for data and none are given"
        }
    }
}

extension UInt8 {
    /// NUL, LF, CR, Ctrl-Z, ESC.
    var isForbiddenInCommands: Bool {
        self == 0 || isLineEnd || self == 0x1A || self == 0x1B
    }
}
