/// One command of the module: its forms, parameters and answers. The rows of the catalogue.
public struct CommandDescription: Sendable {
    /// As it stands behind `AT`, in capitals: `+CMQTTPUB`, `E0`.
    public var name: String
    /// One line for a list or a completion.
    public var summary: String
    public var forms: [Form]

    init(_ name: String, _ summary: String, _ forms: [Form]) {
        self.name = name
        self.summary = summary
        self.forms = forms
    }

    /// The first form of this kind that the firmware has.
    public func form(_ kind: Form.Kind, profile: Profile = .a7600) -> Form? {
        forms.first { $0.kind == kind && $0.isOffered(by: profile) }
    }

    /// `AT+CMQTTPUB=<client>,<qos>,<timeout>[,<retained>[,<dup>]]`: one line for each form that the firmware has.
    public func usage(profile: Profile = .a7600) -> [String] {
        forms.filter { $0.isOffered(by: profile) }.map { form in
            switch form.kind {
            case .execute: "AT\(name)"
            case .read: "AT\(name)?"
            case .test: "AT\(name)=?"
            case .write: "AT\(name)=\(Self.list(form.parameters))"
            }
        }
    }

    private static func list(_ parameters: [Parameter]) -> String {
        var text = ""
        var brackets = 0
        for (index, parameter) in parameters.enumerated() {
            if parameter.presence == .optional {
                text += "["
                brackets += 1
            }
            text += index == 0 ? "<\(parameter.name)>" : ",<\(parameter.name)>"
        }
        return text + String(repeating: "]", count: brackets)
    }
}
