/// A parsed program, names resolved.
public struct Chunk: Sendable {
    /// A local variable, parameter or loop variable.
    public struct Local: Sendable {
        public enum Attribute: Sendable { case none, const, close }

        public var name: String
        public var line: Int
        public var attribute: Attribute
        /// Assigned somewhere beyond its declaration.
        public var isReassigned = false
    }

    public var block: [Statement]
    public var locals: [Local]
    /// `_ENV` is assigned: what a global name means is then not known.
    public var replacesEnvironment: Bool

    /// Reads a program as Lua 5.4 does.
    /// - Parameter isFile: a byte order mark, and a first line that starts with `#`, are skipped.
    /// - Throws: the first mistake, in Lua's own words.
    public init(parsing source: [UInt8], isFile: Bool = true) throws(SyntaxProblem) {
        var parser = try Parser(Lexer(source, isFile: isFile))
        self = try parser.chunk()
    }

    init(block: [Statement], locals: [Local], replacesEnvironment: Bool) {
        self.block = block
        self.locals = locals
        self.replacesEnvironment = replacesEnvironment
    }
}
