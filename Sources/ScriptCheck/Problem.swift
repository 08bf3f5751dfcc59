/// Something wrong with a script, found without running it.
public struct Problem: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case syntax, global, name, option, argument, require, source
    }

    /// As the operator named it, or the module's path.
    public var file: String
    public var line: Int
    public var kind: Kind
    /// What is wrong.
    public var text: String
    /// What to do.
    public var advice: String

    /// `provision.lua:12: undeclared global 'x' (write "local x")`.
    public var description: String { "\(file):\(line): \(text) (\(advice))" }
}
