public import ATProtocol

/// A parameter that was refused before anything was sent. Values of secret parameters are never in it.
public struct ArgumentFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// `AT+CMQTTPUB`.
    public var command: String
    /// The parameter's name as in the command's description; `line` or `data` for the whole.
    public var parameter: String
    /// What was given: the value, its length, or `missing`.
    public var value: String
    /// What would be taken, `0-2` or `1-1024 bytes`.
    public var allowed: String

    public init(command: String, parameter: String, value: String, allowed: String) {
        self.command = command
        self.parameter = parameter
        self.value = value
        self.allowed = allowed
    }

    /// One line: command, parameter, value, range.
    public var description: String {
        "\(command): \(parameter) is \(value); allowed: \(allowed)"
    }

    /// The same as a failed command that never reached the port.
    public var failure: ATFailure {
        ATFailure(code: .argument, text: description, command: command, written: .no)
    }
}
