extension LuaReference.Entry {
    /// As it is written in a script: `client:publish(topic, payload, [options])`, `modem.port: string`.
    public var signature: String {
        switch kind {
        case .field(let field): "\(path): \(field.type)"
        case .function(let function): path + function.documentation.parameterList
        }
    }

    public var summary: String {
        switch kind {
        case .field(let field): field.summary
        case .function(let function): function.documentation.summary
        }
    }
}

extension LuaDocumentation {
    /// `(line, [options])`; a table of options that is the only argument is shown as scripts write it: `{ … }`.
    var parameterList: String {
        if parameters.count == 1, let only = parameters.first, !only.isOptional, !only.options.isEmpty,
            only.type == "table"
        {
            let names = only.options.map { $0.isOptional ? "[\($0.name)]" : $0.name }
            return "{ \(names.joined(separator: ", ")) }"
        }
        return "(" + parameters.map { $0.isOptional ? "[\($0.name)]" : $0.name }.joined(separator: ", ") + ")"
    }
}

extension LuaDocumentation.Parameter {
    enum Saying { case everything, whatTheMarkDoesNot }

    /// What a value may be beyond its type: `s, 1…65535, one of "a" "b", default 30`. Empty when nothing is to be said.
    public var limits: String { limits(saying: .everything) }

    func limits(saying: Saying) -> String {
        var pieces: [String] = []
        if let unit { pieces.append(unit) }
        if let range { pieces.append("\(range.lowerBound)…\(range.upperBound)") }
        if !choices.isEmpty { pieces.append("one of " + choices.map { "\"\($0)\"" }.joined(separator: " ")) }
        if let defaultValue {
            pieces.append("default \(defaultValue)")
        } else if isOptional, saying == .everything {
            pieces.append("optional")
        }
        return pieces.joined(separator: ", ")
    }
}
