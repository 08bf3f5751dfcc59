/// Locals, labels and jumps.
extension Parser {
    var function: FunctionScope {
        get { functions[functions.count - 1] }
        _modify { yield &functions[functions.count - 1] }
    }

    // MARK: Locals

    /// A local that is not in sight yet.
    mutating func declare(
        _ name: String,
        _ attribute: Chunk.Local.Attribute = .none,
        pending: Int = 0
    ) throws(SyntaxProblem) -> Int {
        guard function.active.count + pending < Self.mostLocals else {
            throw problem(
                "too many local variables (limit is \(Self.mostLocals)) in \(function.words)",
                advice: "put some into a table or a function"
            )
        }
        locals.append(Chunk.Local(name: name, line: lastLine, attribute: attribute))
        return locals.count - 1
    }

    mutating func bringIntoSight(_ indices: [Int]) {
        function.active += indices
    }

    mutating func hide(loopVariables count: Int) {
        function.active += [Int?](repeating: nil, count: count)
    }

    /// What a name means here.
    func variable(_ name: String) -> Expression.Kind {
        for function in functions.reversed() {
            if let index = index(of: name, in: function) { return .local(index) }
        }
        if name == "_ENV" { return .environment }
        // A local _ENV makes a field of it of every global name.
        for function in functions.reversed() {
            if let index = index(of: "_ENV", in: function) {
                let environment = Expression(.local(index), line: lastLine)
                return .suffixed(environment, [Suffix(kind: .field(name), line: lastLine)])
            }
        }
        return .global(name)
    }

    private func index(of name: String, in function: FunctionScope) -> Int? {
        for index in function.active.reversed() {
            if let index, locals[index].name == name { return index }
        }
        return nil
    }

    /// The variable is about to be assigned.
    mutating func assigned(_ variable: Expression) throws(SyntaxProblem) {
        switch variable.kind {
        case .local(let index):
            guard locals[index].attribute == .none else {
                throw SyntaxProblem(
                    line: lastLine,
                    message: "attempt to assign to const variable '\(locals[index].name)'",
                    advice: "declare it without <const> or <close>, or use another name"
                )
            }
            locals[index].isReassigned = true
        case .environment: replacesEnvironment = true
        case .nil, .boolean, .integer, .number, .string, .vararg, .function, .global, .table, .suffixed, .enclosed,
            .unary, .operation:
            break
        }
    }

    // MARK: Blocks

    mutating func openBlock(_ kind: FunctionScope.Block.Kind) {
        let block = FunctionScope.Block(
            kind: kind,
            locals: function.active.count,
            firstLabel: function.labels.count,
            firstJump: function.jumps.count
        )
        function.blocks.append(block)
    }

    mutating func closeBlock() throws(SyntaxProblem) {
        guard let block = function.blocks.popLast() else { return }
        function.active.removeLast(function.active.count - block.locals)
        function.labels.removeLast(function.labels.count - block.firstLabel)
        if function.blocks.isEmpty {
            guard let jump = function.jumps.first else { return }
            throw SyntaxProblem(
                line: jump.line,
                message: "no visible label '\(jump.name)' for goto at line \(jump.line)",
                advice: jump.name == "continue" ? "write ::continue:: before the end of the loop" : nil
            )
        }
        for index in function.jumps.indices.dropFirst(block.firstJump) {
            function.jumps[index].locals = min(function.jumps[index].locals, block.locals)
        }
    }

    mutating func within<Result>(
        _ kind: FunctionScope.Block.Kind,
        _ body: (inout Parser) throws(SyntaxProblem) -> Result
    ) throws(SyntaxProblem) -> Result {
        openBlock(kind)
        let result = try body(&self)
        try closeBlock()
        return result
    }

    // MARK: Jumps

    /// After `goto`.
    mutating func jump(line: Int) throws(SyntaxProblem) {
        let name = try name()
        if function.labels.contains(where: { $0.name == name }) { return }
        function.jumps.append(FunctionScope.Jump(name: name, line: line, locals: function.active.count))
    }

    /// After `::`.
    mutating func label() throws(SyntaxProblem) {
        let line = token.line
        let name = try name()
        try demand(.doubleColon)
        // What does nothing may stand between a label and the end of its block.
        while token.is(.semicolon) || token.is(.doubleColon) { _ = try statement() }
        if let other = function.labels.first(where: { $0.name == name }) {
            throw SyntaxProblem(line: line, message: "label '\(name)' already defined on line \(other.line)")
        }
        guard let block = function.blocks.last else { return }
        let isLast = endsBlock(orUntil: false)
        let count = isLast ? block.locals : function.active.count
        function.labels.append(FunctionScope.Label(name: name, line: line, locals: count))
        for jump in function.jumps[block.firstJump...] where jump.name == name && jump.locals < count {
            let local = function.active[jump.locals].map { locals[$0].name } ?? "(for state)"
            throw SyntaxProblem(
                line: jump.line,
                message: "<goto \(name)> at line \(jump.line) jumps into the scope of local '\(local)'",
                advice: "declare the local before the goto, or close a block before the label"
            )
        }
        let first = block.firstJump
        function.jumps = function.jumps[..<first] + function.jumps[first...].filter { $0.name != name }
    }
}
