public import ATProtocol

// V.250 commands of the interface itself.
extension Commands {
    static let basic: [CommandDescription] = [
        basic("", "does nothing: is anybody there?"),
        basic("E0", "echo off", effects: [.echo(false)]),
        basic("E1", "echo on", effects: [.echo(true)]),
        basic("V0", "answers as numbers", effects: [.verbose(false)]),
        basic("V1", "answers as words", effects: [.verbose(true)]),
        basic("Q0", "final result codes on"),
        basic("Z", "reset to the saved settings"),
        basic("&F", "reset to the factory settings"),
        basic("&W", "save the settings"),
    ]

    private static func basic(
        _ name: String,
        _ summary: String,
        effects: [CommandSpec.Effect] = []
    ) -> CommandDescription {
        CommandDescription(name, summary, [Form(.execute, answer: .plain(effects: effects))])
    }

    /// `AT`.
    public func probe() throws(ArgumentFault) -> Command {
        try build(Self.basic[0], .execute)
    }

    public func echo(_ on: Bool) throws(ArgumentFault) -> Command {
        try build(Self.basic[on ? 2 : 1], .execute)
    }
}
