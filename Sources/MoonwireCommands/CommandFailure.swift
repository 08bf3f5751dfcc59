/// An error that ends the command: what to say, and the exit status that goes with it.
package struct CommandFailure: Error, Equatable, Sendable {
    package var status: ExitStatus
    /// What is wrong and what to do next; printed after `moonwire: `.
    package var message: String

    package init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}

extension CommandFailure: CustomStringConvertible {
    package var description: String { message }
}
