/// Tokens to a tree, by the grammar of Lua 5.4 (manual §9), with the rules that Lua checks while it compiles: constant
/// variables, labels and jumps, attributes, `...`, and how many locals and levels there may be.
struct Parser: Sendable {
    var lexer: Lexer
    var token: Token
    /// The one behind `token`, when it was looked at.
    var ahead: Token?
    /// Line of the token before `token`.
    var lastLine = 1
    var locals: [Chunk.Local] = []
    var functions: [FunctionScope] = []
    var replacesEnvironment = false
    private var level = 0

    /// As deep as Lua lets statements and expressions stand in each other.
    static let deepest = 196
    static let mostLocals = 200

    init(_ lexer: Lexer) throws(SyntaxProblem) {
        self.lexer = lexer
        token = try self.lexer.next()
    }

    mutating func chunk() throws(SyntaxProblem) -> Chunk {
        functions = [FunctionScope(line: 0, takesMore: true)]
        let block = try block()
        guard token.kind == .end else { throw expected("<eof>") }
        try closeBlock()
        return Chunk(block: block, locals: locals, replacesEnvironment: replacesEnvironment)
    }

    // MARK: Tokens

    mutating func advance() throws(SyntaxProblem) {
        lastLine = token.line
        if let next = ahead {
            token = next
            ahead = nil
        } else {
            token = try lexer.next()
        }
    }

    mutating func lookAhead() throws(SyntaxProblem) -> Token {
        if let ahead { return ahead }
        let next = try lexer.next()
        ahead = next
        return next
    }

    /// Steps over the symbol if it is there.
    mutating func take(_ symbol: Symbol) throws(SyntaxProblem) -> Bool {
        guard token.is(symbol) else { return false }
        try advance()
        return true
    }

    mutating func demand(_ symbol: Symbol, advice: String? = nil) throws(SyntaxProblem) {
        guard try take(symbol) else { throw expected("'\(symbol.rawValue)'", advice: advice) }
    }

    /// The symbol that closes what `opening` began on `line`.
    mutating func demand(_ symbol: Symbol, closing opening: Symbol, from line: Int) throws(SyntaxProblem) {
        guard try !take(symbol) else { return }
        if line == token.line { throw expected("'\(symbol.rawValue)'") }
        throw problem("'\(symbol.rawValue)' expected (to close '\(opening.rawValue)' at line \(line))")
    }

    mutating func name() throws(SyntaxProblem) -> String {
        guard case .name(let name) = token.kind else { throw expected("<name>") }
        try advance()
        return name
    }

    // MARK: Problems

    func expected(_ what: String, advice: String? = nil) -> SyntaxProblem {
        problem("\(what) expected", advice: advice ?? adviceOnToken)
    }

    /// At the present token.
    func problem(_ message: String, advice: String? = nil) -> SyntaxProblem {
        SyntaxProblem(
            line: token.line,
            message: "\(message) near \(lexer.shown(token.range))",
            advice: advice ?? adviceOnToken
        )
    }

    /// What people write who come from other languages.
    private var adviceOnToken: String? {
        switch token.kind {
        case .stray(UInt8(ascii: "!")): "Lua writes ~= for unequal and not for negation"
        case .symbol(.ampersand): "Lua writes and"
        case .symbol(.pipe): "Lua writes or"
        case .symbol(.assign): "comparison is =="
        case .stray(UInt8(ascii: "`")), .stray(0xE2): "quotes in Lua are \" and '"
        case .symbol, .name, .string, .integer, .number, .stray, .end: nil
        }
    }

    // MARK: Depth

    mutating func deeper<Result>(
        _ body: (inout Parser) throws(SyntaxProblem) -> Result
    ) throws(SyntaxProblem) -> Result {
        level += 1
        guard level <= Self.deepest else { throw problem("C stack overflow", advice: "nest less deeply") }
        let result = try body(&self)
        level -= 1
        return result
    }
}
