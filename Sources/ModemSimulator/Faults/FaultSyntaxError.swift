/// Why a text is no fault.
package struct FaultSyntaxError: Error, Equatable, CustomStringConvertible, Sendable {
    package enum Code: Equatable, Sendable { case unknownFault, badValue, badCondition }

    package var code: Code
    /// For people; lists what is known.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
