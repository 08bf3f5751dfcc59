/// Why a text is no Lua program.
public struct SyntaxProblem: Error, Sendable, Equatable {
    public var line: Int
    /// As Lua says it: `'end' expected (to close 'function' at line 3) near <eof>`.
    public var message: String
    /// What to write instead, where that is known.
    public var advice: String?
}
