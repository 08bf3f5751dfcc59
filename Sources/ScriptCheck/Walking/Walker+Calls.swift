import LuaRuntime
import LuaSyntax

extension Walker {
    /// Something is called. `name`: it is the global of that name.
    mutating func call(_ called: ValueType, _ arguments: [Expression], line: Int, name: String?) -> [ValueType] {
        if case .callable(let callable) = called {
            guard callable.function.isMethod else { return call(callable, arguments, line: line) }
            return callAsField(callable, arguments, line: line)
        }
        let types = types(of: arguments)
        switch name {
        case "rawset": declareGlobal(types)
        case "assert": return types
        case "setmetatable": if arguments.count > 1 { refuseMetamethods(arguments[1]) }
        default: break
        }
        return []
    }

    /// `rawset(_G, "name", value)` declares a global.
    private mutating func declareGlobal(_ types: [ValueType]) {
        if types.count > 1, case .globals = types[0], let name = types[1].text { facts.declared.insert(name) }
    }

    private mutating func refuseMetamethods(_ metatable: Expression) {
        guard case .table(let fields) = metatable.kind else { return }
        for field in fields {
            if case .name("__gc") = field.key {
                report(field.line, .name, "__gc is not available", "use a local with <close>, or defer")
            }
        }
    }

    /// `modem.at(modem, "AT")` is allowed; without the object it is a colon forgotten.
    private mutating func callAsField(_ callable: Callable, _ arguments: [Expression], line: Int) -> [ValueType] {
        let dotted = String(callable.path.map { $0 == ":" ? "." : $0 })
        guard let first = arguments.first else {
            report(line, .argument, "\(dotted) is called without its object", "write \(callable.path)() with a colon")
            return results(of: callable)
        }
        let receiver = type(of: first)
        if let name = receiver.typeName, name != callable.owner {
            report(line, .argument, "\(dotted) is called without its object", "write \(callable.path)(…) with a colon")
            _ = types(of: Array(arguments.dropFirst()))
            return results(of: callable)
        }
        return call(callable, Array(arguments.dropFirst()), line: line)
    }

    mutating func method(_ name: String, of holder: ValueType, _ arguments: [Expression], line: Int) -> [ValueType] {
        switch holder {
        case .module(let module):
            if case .callable(let callable) = member(name, of: holder, line: line) {
                report(line, .argument, "\(module):\(name) is no method", "write \(callable.path)(…) with a dot")
            }
        case .string, .constant(.string):
            _ = member(name, of: .module("string"), line: line)
        case .instance:
            guard case .callable(let callable) = member(name, of: holder, line: line) else { break }
            guard callable.function.isMethod else {
                report(line, .argument, "\(callable.path) takes no object", "write \(callable.path) with a dot")
                break
            }
            return call(callable, arguments, line: line)
        case .unknown, .constant, .boolean, .number, .function, .table, .record, .list, .iterator, .globals,
            .callable:
            break
        }
        _ = types(of: arguments)
        return []
    }

    // MARK: Documented functions

    private mutating func call(_ callable: Callable, _ arguments: [Expression], line: Int) -> [ValueType] {
        let parameters = callable.function.documentation.parameters
        nameParameters(of: arguments, parameters)
        var types: [ValueType] = []
        for (position, argument) in arguments.enumerated() {
            if position == arguments.count - 1 {
                types += self.types(of: argument)
            } else {
                types.append(type(of: argument))
            }
        }
        check(callable, arguments, types, line: line)
        switch callable.path {
        case "require": return require(types, line: line)
        case "check": return types
        default: return results(of: callable)
        }
    }

    private func results(of callable: Callable) -> [ValueType] {
        let results = callable.function.documentation.results.map(\.type)
        // An unknown number of values.
        guard !results.contains("...") else { return [] }
        return results.map { knowledge.type($0) }
    }

    /// Functions of the script that are handed over get the types that the interface calls them with.
    private mutating func nameParameters(
        of arguments: [Expression],
        _ parameters: [LuaDocumentation.Parameter]
    ) {
        let functions = parameters.compactMap { TypeNotation.signature(of: $0.type) }
        for (position, argument) in arguments.enumerated() {
            guard case .function(let body) = argument.kind else { continue }
            let own = position < parameters.count ? TypeNotation.signature(of: parameters[position].type) : nil
            // `subscribe(filter, fn)`: options may be left out before a function.
            guard let signature = own ?? functions.first else { continue }
            for (parameter, type) in zip(body.parameters, signature.parameters) {
                set(parameter, knowledge.type(type))
            }
        }
    }

    private mutating func require(_ types: [ValueType], line: Int) -> [ValueType] {
        guard let name = types.first?.text else { return [] }
        let isName = name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { Self.moduleBytes.contains($0) }
        }
        guard isName else {
            report(
                line,
                .require,
                "'\(name)' is no module name",
                "letters, digits, _ and -, joined by dots; without .lua"
            )
            return []
        }
        // `require "sys"` after `require "compat.luatos"`.
        if provided.contains(name) { return [knowledge.global(name) ?? .unknown] }
        requirements.append((name, line))
        provided.formUnion(knowledge.provided[name] ?? [])
        let isModule = knowledge.requirable.contains(name) && !knowledge.names(in: name).isEmpty
        return isModule ? [.module(name)] : [.unknown]
    }

    private static let moduleBytes = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-".utf8
    )
}
