import A7600

/// `+CME ERROR`: number and text of 3GPP TS 27.007 9.2.
struct CMEError: Hashable, Sendable {
    var number: Int
    var text: String

    static let notAllowed = CMEError(number: 3, text: "operation not allowed")
    static let notSupported = CMEError(number: 4, text: "operation not supported")
    static let simNotInserted = CMEError(number: 10, text: "SIM not inserted")
    static let simPINRequired = CMEError(number: 11, text: "SIM PIN required")
    static let simPUKRequired = CMEError(number: 12, text: "SIM PUK required")
    static let simFailure = CMEError(number: 13, text: "SIM failure")
    static let simBusy = CMEError(number: 14, text: "SIM busy")
    static let incorrectPassword = CMEError(number: 16, text: "incorrect password")
    static let noNetworkService = CMEError(number: 30, text: "no network service")
    static let networkTimeout = CMEError(number: 31, text: "network timeout")
    static let incorrectParameters = CMEError(number: 50, text: "Incorrect parameters")
    static let unknown = CMEError(number: 100, text: "unknown error")
    static let notSubscribed = CMEError(number: 133, text: "requested service option not subscribed")

    private static let all: [CMEError] = [
        notAllowed, notSupported, simNotInserted, simPINRequired, simPUKRequired, simFailure, simBusy,
        incorrectPassword, noNetworkService, networkTimeout, incorrectParameters, unknown, notSubscribed,
    ]

    /// A number that no table has keeps its number and says `unknown error`.
    static func numbered(_ number: Int) -> CMEError {
        all.first { $0.number == number }
            ?? CMEError(number: number, text: EquipmentError.cme[number] ?? unknown.text)
    }
}
