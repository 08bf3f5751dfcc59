public import ATProtocol

// 3GPP TS 27.007 clause 5, and the module's own: who it is.
extension Commands {
    static let identity: [CommandDescription] = [
        CommandDescription(
            "I",
            "manufacturer, model, revision, IMEI",
            [Form(.execute, answer: .lines(.many, .bare(.any)))]
        ),
        CommandDescription(
            "+SIMCOMATI",
            "the same with both revisions",
            [Form(.execute, answer: .lines(.many, .bare(.any)))]
        ),
        value("+CGMI", "manufacturer", .bare(.any)),
        value("+CGMM", "model", .bare(.any)),
        value("+CGMR", "revision", .prefix("+CGMR", .any, extra: .allowed), .bare(.any)),
        value("+GMR", "revision", .prefix("+GMR", .any, extra: .allowed), .bare(.any)),
        value("+CGSN", "IMEI", .bare(.digits(14...17))),
        value("+GSN", "IMEI", .bare(.digits(14...17))),
        value("+CIMI", "IMSI", .bare(.digits(6...15))),
        value("+CICCID", "ICCID of the SIM", .prefix("+ICCID", .any)),
        value("+GCAP", "capabilities", .prefix("+GCAP", .any, extra: .allowed)),
    ]

    private static func value(_ name: String, _ summary: String, _ shapes: LineShape...) -> CommandDescription {
        let answer = CommandSpec(information: shapes, arity: .one, repeatable: .safe)
        return CommandDescription(name, summary, [Form(.execute, answer: answer), Form(.test, answer: .plain())])
    }

    /// A command of the list without parameters, such as `+CGMM`.
    ///
    /// - Parameter name: one of `+CGMI +CGMM +CGMR +CGSN +CIMI +CICCID +GCAP +SIMCOMATI`, or `I`.
    public func identity(_ name: String) throws(ArgumentFault) -> Command {
        guard let description = Self.identity.first(where: { $0.name == name }) else {
            throw ArgumentFault(
                command: "AT",
                parameter: "name",
                value: name,
                allowed: Self.identity.map(\.name).joined(separator: ", ")
            )
        }
        return try build(description, .execute)
    }
}
