public import ATProtocol

/// The answer to `AT+CREG?` and its kin, or the line that comes unasked.
public struct Registration: Hashable, Sendable {
    public var domain: RegistrationDomain
    public var state: RegistrationState
    /// Tracking or location area, hexadecimal, if reported.
    public var area: String?
    /// Cell, hexadecimal, if reported.
    public var cell: String?

    /// The answer has two numbers first, the unsolicited line one. Nil: neither.
    public init?(_ line: Line) {
        guard let answer = AnswerLine(line), let domain = RegistrationDomain(rawValue: answer.prefix),
            let first = answer.integer(0)
        else { return nil }
        self.domain = domain
        let second = answer.integer(1)
        state = RegistrationState(rawValue: second ?? first)
        let area = second == nil ? 1 : 2
        self.area = answer.text(area)
        cell = answer.text(area + 1)
    }
}
