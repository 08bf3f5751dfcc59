import ATProtocol

/// Builds commands from typed parameters for one firmware. Each builder checks everything before anything is sent and
/// throws the parameter that is wrong.
public struct Commands: Sendable {
    public var profile: Profile

    public init(_ profile: Profile = .a7600) {
        self.profile = profile
    }

    /// - Parameter arguments: optional ones that are nil at the end are left out.
    func build(
        _ description: CommandDescription,
        _ kind: Form.Kind,
        _ arguments: [Argument?] = [],
        data: [UInt8]? = nil,
        utf8: DataPart.UTF8Check = .off
    ) throws(ArgumentFault) -> Command {
        var given = arguments
        while given.last == .some(nil) { given.removeLast() }
        let values = given.map { $0 ?? .omitted }
        let forms = description.forms.lazy.filter { $0.kind == kind && $0.isOffered(by: profile) }
        guard let form = forms.first(where: { $0.fits(values, profile: profile) }) ?? forms.first else {
            throw ArgumentFault(
                command: "AT\(description.name)",
                parameter: "form",
                value: kind.rawValue,
                allowed: "forms that profile \(profile.name) has"
            )
        }
        let command = try CommandBuilder(description: description, form: form, profile: profile)
            .command(values, data: data, utf8: utf8)
        _ = try LineRules.body(of: command.line, command: "AT\(description.name)", profile: profile)
        return command
    }
}

extension Argument {
    static func flag(_ value: Bool) -> Argument { .integer(value ? 1 : 0) }
}
