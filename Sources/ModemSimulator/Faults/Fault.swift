/// Something that goes wrong on purpose, where and when it is told to.
package struct Fault: Equatable, Sendable {
    package var kind: Kind
    package var place: Place

    package enum Kind: Equatable, Sendable {
        /// The module swallows a command: no echo, no answer.
        case mute
    }

    /// Where and when a fault strikes.
    package struct Place: Equatable, Sendable {
        /// Beginning of the command line, such as `AT+CSQ`, in capitals.
        package var command: String?
    }
}
