extension Parser {
    mutating func expressionList() throws(SyntaxProblem) -> [Expression] {
        var list = [try expression()]
        while try take(.comma) { list.append(try expression()) }
        return list
    }

    mutating func expression() throws(SyntaxProblem) -> Expression {
        try operation(above: 0)
    }

    /// Operands joined by operators that bind more strongly than `limit`.
    private mutating func operation(above limit: Int) throws(SyntaxProblem) -> Expression {
        try deeper { parser throws(SyntaxProblem) in
            let line = parser.token.line
            var first: Expression
            if let unary = parser.unaryOperator {
                try parser.advance()
                first = Expression(
                    .unary(unary, try parser.operation(above: BinaryOperator.unaryPriority)),
                    line: line
                )
            } else {
                first = try parser.simpleExpression()
            }
            var operands: [Operand] = []
            while let binary = parser.binaryOperator, binary.priority.left > limit {
                try parser.advance()
                let operand = try parser.operation(above: binary.priority.right)
                operands.append(Operand(operator: binary, expression: operand))
            }
            if !operands.isEmpty { first = Expression(.operation(first, operands), line: line) }
            return first
        }
    }

    private var unaryOperator: UnaryOperator? {
        switch token.kind {
        case .symbol(.minus): .negation
        case .symbol(.not): .not
        case .symbol(.hash): .length
        case .symbol(.tilde): .complement
        case .symbol, .name, .string, .integer, .number, .stray, .end: nil
        }
    }

    private var binaryOperator: BinaryOperator? {
        if case .symbol(let symbol) = token.kind { BinaryOperator(symbol) } else { nil }
    }

    private mutating func simpleExpression() throws(SyntaxProblem) -> Expression {
        let line = token.line
        let constant: Expression.Kind
        switch token.kind {
        case .integer(let value): constant = .integer(value)
        case .number(let value): constant = .number(value)
        case .string(let bytes): constant = .string(bytes)
        case .symbol(.nil): constant = .nil
        case .symbol(.true): constant = .boolean(true)
        case .symbol(.false): constant = .boolean(false)
        case .symbol(.ellipsis):
            guard function.takesMore else {
                throw problem(
                    "cannot use '...' outside a vararg function",
                    advice: "add ... to the function's parameters"
                )
            }
            constant = .vararg
        case .symbol(.openBrace): return Expression(.table(try tableConstructor()), line: line)
        case .symbol(.function):
            try advance()
            return Expression(.function(try functionBody(line, isMethod: false)), line: line)
        case .symbol, .name, .stray, .end: return try suffixedExpression()
        }
        try advance()
        return Expression(constant, line: line)
    }

    mutating func suffixedExpression() throws(SyntaxProblem) -> Expression {
        let line = token.line
        var base = try primaryExpression()
        var suffixes: [Suffix] = []
        // The field of a local _ENV that a global name stands for.
        if case .suffixed(let environment, let field) = base.kind { (base, suffixes) = (environment, field) }
        while let suffix = try suffix() { suffixes.append(suffix) }
        return suffixes.isEmpty ? base : Expression(.suffixed(base, suffixes), line: line)
    }

    private mutating func primaryExpression() throws(SyntaxProblem) -> Expression {
        let line = token.line
        switch token.kind {
        case .name(let name):
            try advance()
            return Expression(variable(name), line: line)
        case .symbol(.openParenthesis):
            try advance()
            let inner = try expression()
            try demand(.closeParenthesis, closing: .openParenthesis, from: line)
            return Expression(.enclosed(inner), line: line)
        case .symbol, .string, .integer, .number, .stray, .end:
            throw problem("unexpected symbol")
        }
    }

    private mutating func suffix() throws(SyntaxProblem) -> Suffix? {
        let line = token.line
        switch token.kind {
        case .symbol(.dot):
            try advance()
            return Suffix(kind: .field(try name()), line: line)
        case .symbol(.openBracket):
            try advance()
            let key = try expression()
            try demand(.closeBracket)
            return Suffix(kind: .index(key), line: line)
        case .symbol(.colon):
            try advance()
            let name = try name()
            guard let arguments = try arguments() else { throw expected("function arguments") }
            return Suffix(kind: .method(name, arguments), line: line)
        case .symbol, .name, .string, .integer, .number, .stray, .end:
            return try arguments().map { Suffix(kind: .call($0), line: line) }
        }
    }

    /// Nil: none begin here.
    private mutating func arguments() throws(SyntaxProblem) -> [Expression]? {
        let line = token.line
        switch token.kind {
        case .string(let bytes):
            try advance()
            return [Expression(.string(bytes), line: line)]
        case .symbol(.openBrace):
            return [Expression(.table(try tableConstructor()), line: line)]
        case .symbol(.openParenthesis):
            try advance()
            let list = token.is(.closeParenthesis) ? [] : try expressionList()
            try demand(.closeParenthesis, closing: .openParenthesis, from: line)
            return list
        case .symbol, .name, .integer, .number, .stray, .end: return nil
        }
    }

    private mutating func tableConstructor() throws(SyntaxProblem) -> [TableField] {
        let line = token.line
        try demand(.openBrace)
        var fields: [TableField] = []
        while !token.is(.closeBrace) {
            fields.append(try tableField())
            let goesOn = token.is(.comma) || token.is(.semicolon)
            guard goesOn else { break }
            try advance()
        }
        try demand(.closeBrace, closing: .openBrace, from: line)
        return fields
    }

    private mutating func tableField() throws(SyntaxProblem) -> TableField {
        let line = token.line
        if case .name(let name) = token.kind, try lookAhead().is(.assign) {
            try advance()
            try advance()
            return TableField(key: .name(name), value: try expression(), line: line)
        }
        if try take(.openBracket) {
            let key = try expression()
            try demand(.closeBracket)
            try demand(.assign)
            return TableField(key: .computed(key), value: try expression(), line: line)
        }
        return TableField(key: .item, value: try expression(), line: line)
    }

    /// From the parameters to `end`.
    mutating func functionBody(_ line: Int, isMethod: Bool) throws(SyntaxProblem) -> FunctionBody {
        functions.append(FunctionScope(line: line, takesMore: false))
        var parameters: [Int] = []
        if isMethod { parameters.append(try declare("self")) }
        try demand(.openParenthesis)
        if !token.is(.closeParenthesis) {
            repeat {
                if try take(.ellipsis) {
                    function.takesMore = true
                    break
                }
                parameters.append(try declare(try name(), pending: parameters.count))
            } while try take(.comma)
        }
        try demand(.closeParenthesis)
        bringIntoSight(parameters)
        let takesMore = function.takesMore
        let block = try block()
        try demand(.end, closing: .function, from: line)
        try closeBlock()
        functions.removeLast()
        return FunctionBody(parameters: parameters, takesMore: takesMore, block: block, line: line)
    }
}
