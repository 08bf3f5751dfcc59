import LuaSyntax

extension Walker {
    mutating func walk(_ block: [Statement]) {
        for statement in block { walk(statement) }
    }

    private mutating func walk(_ statement: Statement) {
        switch statement.kind {
        case .local(let variables, let values): declare(variables, values)
        case .localFunction(let variable, let body):
            set(variable, .function)
            walk(body)
        case .function(let target, let body):
            assign(to: target, .definition)
            walk(body)
        case .assignment(let targets, let values):
            let types = types(of: values)
            for (position, target) in targets.enumerated() {
                // `_G.sys = require("sys")` changes nothing.
                if position < types.count, case .module(let name) = types[position], isGlobal(target, named: name) {
                    _ = global(name, line: target.line, .read)
                } else {
                    assign(to: target, .write)
                }
            }
        case .call(let call): _ = types(of: call)
        case .block(let block): walk(block)
        case .whileLoop(let condition, let block):
            _ = type(of: condition)
            walk(block)
        case .repeatLoop(let block, let condition):
            walk(block)
            _ = type(of: condition)
        case .condition(let branches, let otherwise):
            for branch in branches {
                _ = type(of: branch.condition)
                walk(branch.block)
            }
            walk(otherwise)
        case .numericFor(let variable, let bounds, let block):
            _ = types(of: bounds)
            set(variable, .number)
            walk(block)
        case .genericFor(let variables, let values, let block):
            loop(variables, over: values)
            walk(block)
        case .returning(let values): _ = types(of: values)
        case .jump: break
        }
    }

    private mutating func declare(_ variables: [Int], _ values: [Expression]) {
        let types = types(of: values)
        let isOpen = values.last.map(Self.mayGiveSeveral) ?? false
        for (position, variable) in variables.enumerated() {
            if position < types.count {
                set(variable, types[position])
            } else {
                set(variable, isOpen ? .unknown : .constant(.nil))
            }
        }
    }

    /// What is assigned again may be anything later on, and in functions already before.
    mutating func set(_ variable: Int, _ type: ValueType) {
        locals[variable] = chunk.locals[variable].isReassigned ? .unknown : type
    }

    private func isGlobal(_ target: Expression, named name: String) -> Bool {
        switch target.kind {
        case .global(let written): return written == name
        case .suffixed(let base, let suffixes):
            guard case .global("_G") = base.kind, suffixes.count == 1, case .field(let field) = suffixes[0].kind else {
                return false
            }
            return field == name
        case .nil, .boolean, .integer, .number, .string, .vararg, .function, .local, .environment, .table, .enclosed,
            .unary, .operation:
            return false
        }
    }

    private mutating func assign(to target: Expression, _ access: Access) {
        switch target.kind {
        case .global(let name): _ = global(name, line: target.line, access)
        case .suffixed(let base, let suffixes):
            guard let last = suffixes.last else { return }
            let holder = type(of: base, with: suffixes.dropLast())
            switch last.kind {
            case .field(let name):
                refuseConcatenation(name, line: last.line)
                add(name, to: holder, line: last.line)
            case .index(let key):
                if let name = type(of: key).text { add(name, to: holder, line: last.line) }
            case .call, .method: break
            }
        case .nil, .boolean, .integer, .number, .string, .vararg, .function, .local, .environment, .table, .enclosed,
            .unary, .operation:
            break
        }
    }

    private mutating func loop(_ variables: [Int], over values: [Expression]) {
        for variable in variables { set(variable, .unknown) }
        var source: ValueType?
        if let first = values.first { source = elements(of: first) }
        let types = types(of: values)
        if let element = source {
            if variables.count > 1 { set(variables[1], element) }
        } else if case .iterator(let element)? = types.first, let first = variables.first {
            set(first, element)
        }
    }

    /// The type of the items that `ipairs` or `pairs` of a list gives; nil: it is no such call.
    private mutating func elements(of expression: Expression) -> ValueType? {
        guard case .suffixed(let base, let suffixes) = expression.kind, case .global(let name) = base.kind,
            name == "ipairs" || name == "pairs", suffixes.count == 1, case .call(let arguments) = suffixes[0].kind,
            let first = arguments.first, case .list(let element) = type(of: first)
        else { return nil }
        return element
    }

    mutating func walk(_ body: FunctionBody) {
        for parameter in body.parameters where locals[parameter] == nil { set(parameter, .unknown) }
        walk(body.block)
    }
}
