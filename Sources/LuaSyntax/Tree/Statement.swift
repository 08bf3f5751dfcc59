/// One statement. Labels and jumps were checked where they were read, and carry nothing further.
public struct Statement: Sendable {
    public var line: Int
    public var kind: Kind

    public indirect enum Kind: Sendable {
        /// Locals, as indices into ``Chunk/locals``, and their values.
        case local([Int], [Expression])
        case localFunction(Int, FunctionBody)
        /// `function a.b.c()`: the variable, and the function.
        case function(Expression, FunctionBody)
        case assignment([Expression], [Expression])
        case call(Expression)
        case block([Statement])
        case whileLoop(Expression, [Statement])
        case repeatLoop([Statement], until: Expression)
        case condition([Branch], otherwise: [Statement])
        case numericFor(Int, bounds: [Expression], [Statement])
        case genericFor([Int], [Expression], [Statement])
        case returning([Expression])
        case jump
    }

    public struct Branch: Sendable {
        public var condition: Expression
        public var block: [Statement]
    }
}
