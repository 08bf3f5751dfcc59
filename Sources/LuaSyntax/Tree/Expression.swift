/// One expression, with the line it begins on.
public struct Expression: Sendable {
    public var line: Int
    public var kind: Kind

    public indirect enum Kind: Sendable {
        case `nil`
        case boolean(Bool)
        case integer(Int64)
        case number(Double)
        case string([UInt8])
        case vararg
        case function(FunctionBody)
        /// An index into ``Chunk/locals``, also where it is an upvalue.
        case local(Int)
        case global(String)
        /// The name `_ENV` itself, where no local of that name is in sight.
        case environment
        case table([TableField])
        /// A variable, or something in parentheses, with what is done to it: `a.b[c]:d(e)`. Flat, however long.
        case suffixed(Expression, [Suffix])
        /// In parentheses: exactly one value.
        case enclosed(Expression)
        case unary(UnaryOperator, Expression)
        /// Operands joined from the left: `((first op operand) op operand)`. Flat, however long.
        case operation(Expression, [Operand])
    }

    public init(_ kind: Kind, line: Int) {
        self.kind = kind
        self.line = line
    }
}

public struct Operand: Sendable {
    public var `operator`: BinaryOperator
    public var expression: Expression
}

public enum UnaryOperator: Sendable {
    case negation, not, length, complement
}

public struct Suffix: Sendable {
    public enum Kind: Sendable {
        case field(String)
        case index(Expression)
        case call([Expression])
        case method(String, [Expression])
    }

    public var kind: Kind
    public var line: Int
}

public struct TableField: Sendable {
    public enum Key: Sendable {
        /// The next item.
        case item
        case name(String)
        case computed(Expression)
    }

    public var key: Key
    public var value: Expression
    public var line: Int
}

public struct FunctionBody: Sendable {
    /// Parameters, as indices into ``Chunk/locals``; of a method, `self` is the first.
    public var parameters: [Int]
    public var takesMore: Bool
    public var block: [Statement]
    public var line: Int
}
