extension Parser {
    func endsBlock(orUntil: Bool) -> Bool {
        switch token.kind {
        case .end, .symbol(.end), .symbol(.else), .symbol(.elseif): true
        case .symbol(.until): orUntil
        case .symbol, .name, .string, .integer, .number, .stray: false
        }
    }

    /// Statements up to what ends a block. Opens no scope.
    mutating func block() throws(SyntaxProblem) -> [Statement] {
        var statements: [Statement] = []
        while !endsBlock(orUntil: true) {
            if token.is(.return) {
                if let last = try statement() { statements.append(last) }
                break
            }
            if let next = try statement() { statements.append(next) }
        }
        return statements
    }

    /// Nil: one that does nothing.
    mutating func statement() throws(SyntaxProblem) -> Statement? {
        try deeper { parser throws(SyntaxProblem) in
            let line = parser.token.line
            return try parser.anyStatement(line).map { Statement(line: line, kind: $0) }
        }
    }

    private mutating func anyStatement(_ line: Int) throws(SyntaxProblem) -> Statement.Kind? {
        guard case .symbol(let symbol) = token.kind else { return try expressionStatement() }
        switch symbol {
        case .semicolon:
            try advance()
            return nil
        case .if: return try condition(line)
        case .while: return try whileLoop(line)
        case .do:
            try advance()
            let block = try within(.plain) { parser throws(SyntaxProblem) in try parser.block() }
            try demand(.end, closing: .do, from: line)
            return .block(block)
        case .for: return try forLoop(line)
        case .repeat: return try repeatLoop(line)
        case .function: return try functionStatement(line)
        case .local:
            try advance()
            return try take(.function) ? localFunction(line) : localStatement()
        case .doubleColon:
            try advance()
            try label()
            return nil
        case .return:
            try advance()
            return try returnStatement()
        case .break:
            try advance()
            guard function.isInLoop else {
                throw SyntaxProblem(
                    line: line,
                    message: "break outside a loop at line \(line) near \(lexer.shown(token.range))"
                )
            }
            return .jump
        case .goto:
            try advance()
            try jump(line: line)
            return .jump
        default: return try expressionStatement()  // Anything else can only begin an expression, or is a mistake.
        }
    }

    // MARK: Branches and loops

    private mutating func condition(_ line: Int) throws(SyntaxProblem) -> Statement.Kind {
        var branches: [Statement.Branch] = []
        repeat {
            try advance()
            let condition = try expression()
            try demand(.then)
            let block = try within(.plain) { parser throws(SyntaxProblem) in try parser.block() }
            branches.append(Statement.Branch(condition: condition, block: block))
        } while token.is(.elseif)
        var otherwise: [Statement] = []
        if try take(.else) {
            otherwise = try within(.plain) { parser throws(SyntaxProblem) in try parser.block() }
        }
        try demand(.end, closing: .if, from: line)
        return .condition(branches, otherwise: otherwise)
    }

    private mutating func whileLoop(_ line: Int) throws(SyntaxProblem) -> Statement.Kind {
        try advance()
        let condition = try expression()
        let block = try within(.loop) { parser throws(SyntaxProblem) in
            try parser.demand(.do)
            return try parser.block()
        }
        try demand(.end, closing: .while, from: line)
        return .whileLoop(condition, block)
    }

    /// The condition sees the locals of the block.
    private mutating func repeatLoop(_ line: Int) throws(SyntaxProblem) -> Statement.Kind {
        try advance()
        return try within(.loop) { parser throws(SyntaxProblem) in
            try parser.within(.plain) { parser throws(SyntaxProblem) in
                let block = try parser.block()
                try parser.demand(.until, closing: .repeat, from: line)
                return .repeatLoop(block, until: try parser.expression())
            }
        }
    }

    private mutating func forLoop(_ line: Int) throws(SyntaxProblem) -> Statement.Kind {
        try advance()
        openBlock(.loop)
        let first = try name()
        let loop: Statement.Kind
        switch token.kind {
        case .symbol(.assign): loop = try numericFor(first)
        case .symbol(.comma), .symbol(.in): loop = try genericFor(first)
        case .symbol, .name, .string, .integer, .number, .stray, .end: throw expected("'=' or 'in'")
        }
        try demand(.end, closing: .for, from: line)
        try closeBlock()
        return loop
    }

    private mutating func numericFor(_ name: String) throws(SyntaxProblem) -> Statement.Kind {
        let variable = try declare(name, pending: 3)
        try advance()
        var bounds = [try expression()]
        try demand(.comma)
        bounds.append(try expression())
        if try take(.comma) { bounds.append(try expression()) }
        hide(loopVariables: 3)
        return .numericFor(variable, bounds: bounds, try loopBody([variable]))
    }

    private mutating func genericFor(_ name: String) throws(SyntaxProblem) -> Statement.Kind {
        var variables = [try declare(name, pending: 4)]
        while try take(.comma) { variables.append(try declare(try self.name(), pending: 4 + variables.count)) }
        try demand(.in)
        let values = try expressionList()
        hide(loopVariables: 4)
        return .genericFor(variables, values, try loopBody(variables))
    }

    private mutating func loopBody(_ variables: [Int]) throws(SyntaxProblem) -> [Statement] {
        try demand(.do)
        return try within(.plain) { parser throws(SyntaxProblem) in
            parser.bringIntoSight(variables)
            return try parser.block()
        }
    }

    // MARK: Functions and locals

    private mutating func functionStatement(_ line: Int) throws(SyntaxProblem) -> Statement.Kind {
        try advance()
        let start = token.line
        let name = try name()
        var target = Expression(variable(name), line: start)
        var fields: [Suffix] = []
        var isMethod = false
        while token.is(.dot) || token.is(.colon) {
            isMethod = token.is(.colon)
            try advance()
            fields.append(Suffix(kind: .field(try self.name()), line: lastLine))
            if isMethod { break }
        }
        if !fields.isEmpty { target = Expression(.suffixed(target, fields), line: start) }
        let body = try functionBody(line, isMethod: isMethod)
        try assigned(target)
        return .function(target, body)
    }

    private mutating func localFunction(_ line: Int) throws(SyntaxProblem) -> Statement.Kind {
        let variable = try declare(try name())
        bringIntoSight([variable])
        return .localFunction(variable, try functionBody(line, isMethod: false))
    }

    private mutating func localStatement() throws(SyntaxProblem) -> Statement.Kind {
        var variables: [Int] = []
        repeat {
            let name = try name()
            variables.append(try declare(name, try attribute(), pending: variables.count))
        } while try take(.comma)
        if variables.count(where: { locals[$0].attribute == .close }) > 1 {
            throw problem("multiple to-be-closed variables in local list", advice: "one <close> in each statement")
        }
        let values = try take(.assign) ? try expressionList() : []
        bringIntoSight(variables)
        return .local(variables, values)
    }

    private mutating func attribute() throws(SyntaxProblem) -> Chunk.Local.Attribute {
        guard try take(.less) else { return .none }
        let word = try name()
        try demand(.greater)
        switch word {
        case "const": return .const
        case "close": return .close
        default:
            throw SyntaxProblem(
                line: lastLine,
                message: "unknown attribute '\(word)'",
                advice: "there are <const> and <close>"
            )
        }
    }

    private mutating func returnStatement() throws(SyntaxProblem) -> Statement.Kind {
        let values = endsBlock(orUntil: true) || token.is(.semicolon) ? [] : try expressionList()
        _ = try take(.semicolon)
        return .returning(values)
    }

    // MARK: Calls and assignments

    private mutating func expressionStatement() throws(SyntaxProblem) -> Statement.Kind {
        let first = try suffixedExpression()
        if token.is(.assign) || token.is(.comma) { return try assignment(first) }
        guard case .suffixed(_, let suffixes) = first.kind, suffixes.last?.isCall ?? false else {
            throw problem("syntax error", advice: try adviceOnStatement())
        }
        return .call(first)
    }

    private mutating func assignment(_ first: Expression) throws(SyntaxProblem) -> Statement.Kind {
        var targets = [first]
        try demandVariable(first)
        while try take(.comma) {
            let next = try suffixedExpression()
            try demandVariable(next)
            targets.append(next)
            // Each one costs Lua a level of its stack.
            guard targets.count <= Self.deepest else { throw problem("C stack overflow") }
        }
        try demand(.assign)
        let values = try expressionList()
        for target in targets { try assigned(target) }
        return .assignment(targets, values)
    }

    private mutating func demandVariable(_ expression: Expression) throws(SyntaxProblem) {
        switch expression.kind {
        case .local, .global, .environment: return
        case .suffixed(_, let suffixes) where !(suffixes.last?.isCall ?? true): return
        case .nil, .boolean, .integer, .number, .string, .vararg, .function, .table, .suffixed, .enclosed, .unary,
            .operation:
            throw problem("syntax error", advice: "a variable stands left of =")
        }
    }

    /// Behind an expression that is no statement: `x += 1`, `x++`, `print "a" "b"`.
    private mutating func adviceOnStatement() throws(SyntaxProblem) -> String? {
        switch token.kind {
        case .symbol(.plus), .symbol(.minus), .symbol(.star), .symbol(.slash), .symbol(.concatenation):
            return "Lua has no += and no ++: write x = x + 1"
        case .symbol, .name, .string, .integer, .number, .stray, .end:
            return "a statement is a call or an assignment"
        }
    }
}

extension Suffix {
    var isCall: Bool {
        switch kind {
        case .call, .method: true
        case .field, .index: false
        }
    }
}
