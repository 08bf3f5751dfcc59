import ATProtocol

/// The few ways in which the module answers, so that a command's row says only what is its own.
extension CommandSpec {
    /// `OK` or `ERROR`, nothing else.
    static func plain(
        maximum: Duration = .seconds(9),
        effects: [Effect] = [],
        repeatable: Repeatable = .safe
    ) -> CommandSpec {
        CommandSpec(maximum: maximum, effects: effects, repeatable: repeatable)
    }

    /// Information lines, then `OK`. Reading changes nothing, so it may be repeated.
    static func lines(
        _ arity: Arity,
        _ shapes: LineShape...,
        maximum: Duration = .seconds(9),
        lanes: Lanes = [],
        secret: [SecretField] = []
    ) -> CommandSpec {
        CommandSpec(
            information: shapes,
            arity: arity,
            maximum: maximum,
            lanes: lanes,
            repeatable: .safe,
            secretFields: secret
        )
    }

    /// The answer to `=?`: lines with this prefix whose first field is of this kind. A range in parentheses keeps a
    /// result of the same command, and an unsolicited line, from being taken for it.
    static func test(
        _ prefix: String,
        _ arity: Arity = .one,
        first: LineShape.FieldKind = .group,
        maximum: Duration = .seconds(9)
    ) -> CommandSpec {
        .lines(arity, .prefix(prefix, first, extra: .allowed), maximum: maximum)
    }
}
