/// What a line that begins with a colon asks of the console itself. Any other such line is Lua.
enum ConsoleDirective: Equatable, Sendable {
    enum Switch: String, Sendable { case on, off }

    case hexadecimal(Switch)
    case time(Switch)
    case unsolicited(Switch)
    case help
    case quit

    /// - Parameter line: with its colon. Nil: none of the console's own.
    init?(_ line: String) {
        let words = line.dropFirst().split(separator: " ")
        switch (words.first, words.dropFirst().first.flatMap { Switch(rawValue: String($0)) }, words.count) {
        case ("hex", let state?, 2): self = .hexadecimal(state)
        case ("time", let state?, 2): self = .time(state)
        case ("urc", let state?, 2): self = .unsolicited(state)
        case ("help", nil, 1): self = .help
        case ("quit", nil, 1), ("q", nil, 1): self = .quit
        default: return nil
        }
    }

    static let list: [ConsoleCompletion.Choice] = [
        ConsoleCompletion.Choice(text: ":hex on", help: "show the bytes of every line; :hex off ends it"),
        ConsoleCompletion.Choice(text: ":time off", help: "no time before each line; :time on brings it back"),
        ConsoleCompletion.Choice(text: ":urc off", help: "hide what comes unasked; :urc on brings it back"),
        ConsoleCompletion.Choice(text: ":…", help: "anything else is Lua: :modem:signal().rssi_dbm, :x = 5"),
        ConsoleCompletion.Choice(text: ":help", help: "this list"),
        ConsoleCompletion.Choice(text: ":quit", help: "leave; so does Ctrl-D on an empty line"),
    ]
}
