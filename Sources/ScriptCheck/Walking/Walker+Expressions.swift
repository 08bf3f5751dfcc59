import LuaSyntax

extension Walker {
    /// Whether an expression may give more values than one.
    static func mayGiveSeveral(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .vararg: true
        case .suffixed(_, let suffixes):
            switch suffixes.last?.kind {
            case .call, .method: true
            case .field, .index, nil: false
            }
        case .nil, .boolean, .integer, .number, .string, .function, .local, .global, .environment, .table, .enclosed,
            .unary, .operation:
            false
        }
    }

    /// One type for each expression; all those of the last one.
    mutating func types(of list: [Expression]) -> [ValueType] {
        var types: [ValueType] = []
        for (position, expression) in list.enumerated() {
            if position == list.count - 1 {
                types += self.types(of: expression)
            } else {
                types.append(type(of: expression))
            }
        }
        return types
    }

    mutating func type(of expression: Expression) -> ValueType {
        types(of: expression).first ?? .unknown
    }

    /// The types of all values it gives, as far as they are known; empty: it may give none.
    mutating func types(of expression: Expression) -> [ValueType] {
        switch expression.kind {
        case .nil: return [.constant(.nil)]
        case .boolean(let value): return [.constant(.boolean(value))]
        case .integer(let value): return [.constant(.integer(value))]
        case .number(let value): return [.constant(.number(value))]
        case .string(let bytes): return [.constant(.string(text(bytes, line: expression.line)))]
        case .vararg: return []
        case .function(let body):
            walk(body)
            return [.function]
        case .local(let variable): return [locals[variable] ?? .unknown]
        case .global(let name): return [global(name, line: expression.line, .read)]
        case .environment: return [chunk.replacesEnvironment ? .unknown : .globals]
        case .table(let fields):
            walk(fields)
            return [.table]
        case .suffixed(let base, let suffixes): return types(of: base, with: suffixes[...])
        case .enclosed(let inner): return [type(of: inner)]
        case .unary(let unary, let operand): return [apply(unary, type(of: operand))]
        case .operation(let first, let operands): return [combine(type(of: first), operands)]
        }
    }

    /// A metamethod that the runtime does not take.
    private mutating func text(_ bytes: [UInt8], line: Int) -> [UInt8] {
        refuseConcatenation(String(decoding: bytes, as: UTF8.self), line: line)
        return bytes
    }

    mutating func refuseConcatenation(_ name: String, line: Int) {
        if name == "__concat" {
            report(line, .name, "__concat is not available", "give the class a method, or __tostring")
        }
    }

    mutating func walk(_ fields: [TableField]) {
        for field in fields {
            switch field.key {
            case .item: break
            case .name(let name): refuseConcatenation(name, line: field.line)
            case .computed(let key): _ = type(of: key)
            }
            _ = types(of: field.value)
        }
    }

    private func apply(_ unary: UnaryOperator, _ operand: ValueType) -> ValueType {
        switch unary {
        case .negation: operand.constant?.negated.map { .constant($0) } ?? .unknown
        case .not: .boolean
        case .length: .number
        case .complement: .unknown
        }
    }

    private mutating func combine(_ first: ValueType, _ operands: [Operand]) -> ValueType {
        var result = first
        for operand in operands {
            let type = type(of: operand.expression)
            switch operand.operator {
            case .or, .and: result = Self.either(result, type)
            case .less, .greater, .lessOrEqual, .greaterOrEqual, .notEqual, .equal: result = .boolean
            case .concatenation: result = .string
            case .bitOr, .bitXor, .bitAnd, .shiftLeft, .shiftRight, .addition, .subtraction, .multiplication, .division,
                .floorDivision, .modulo, .power:
                result = .unknown
            }
        }
        return result
    }

    /// One of two: known when both are the same.
    private static func either(_ left: ValueType, _ right: ValueType) -> ValueType {
        switch (left, right) {
        case (.instance(let left), .instance(let right)) where left == right: .instance(left)
        case (.record(let left), .record(let right)) where left == right: .record(left)
        default: .unknown  // Any other pair of kinds of values.
        }
    }

    // MARK: Suffixes

    mutating func type(of base: Expression, with suffixes: ArraySlice<Suffix>) -> ValueType {
        types(of: base, with: suffixes).first ?? .unknown
    }

    mutating func types(of base: Expression, with suffixes: ArraySlice<Suffix>) -> [ValueType] {
        var types = types(of: base)
        for suffix in suffixes {
            let holder = types.first ?? .unknown
            switch suffix.kind {
            case .field(let name):
                refuseConcatenation(name, line: suffix.line)
                types = [member(name, of: holder, line: suffix.line)]
            case .index(let key): types = [element(of: holder, type(of: key), line: suffix.line)]
            case .call(let arguments):
                types = call(holder, arguments, line: suffix.line, name: name(of: base, suffixes))
            case .method(let name, let arguments):
                types = method(name, of: holder, arguments, line: suffix.line)
            }
        }
        return types
    }

    /// The global function that is called, when nothing else stands before the call.
    private func name(of base: Expression, _ suffixes: ArraySlice<Suffix>) -> String? {
        guard suffixes.count == 1, case .global(let name) = base.kind else { return nil }
        return name
    }

    private mutating func element(of holder: ValueType, _ key: ValueType, line: Int) -> ValueType {
        if let name = key.text { return member(name, of: holder, line: line) }
        if case .list(let element) = holder { return element }
        return .unknown
    }
}
