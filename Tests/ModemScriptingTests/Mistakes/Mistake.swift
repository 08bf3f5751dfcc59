import LuaRuntime

/// One wrong call, and in words what is wrong with it.
struct Mistake: Sendable {
    var words: String
    /// In Lua, on one line.
    var code: String
    var kinds: Set<String>
}

extension Mistake {
    /// Every mistake that the reference's description of a function allows.
    static func all(of function: LuaReference.Function, _ row: MistakeRow) -> [Mistake] {
        let parameters = function.documentation.parameters
        var mistakes: [Mistake] = []
        func add(_ words: String, _ arguments: [String]) {
            let code = "\(row.call)(\(arguments.joined(separator: ", ")))"
            mistakes.append(Mistake(words: words, code: code, kinds: row.kinds))
        }
        for (position, parameter) in parameters.enumerated() where !row.anything.contains(parameter.name) {
            if parameter.isDemanded { add("\(parameter.name) is missing", Array(row.arguments.prefix(position))) }
            for value in parameter.wrongValues {
                var arguments = row.arguments
                while arguments.count <= position { arguments.append("nil") }
                arguments[position] = value.code
                add("\(parameter.name): \(value.words)", arguments)
            }
            guard !parameter.options.isEmpty, position < row.arguments.count else { continue }
            let right = row.arguments[position]
            guard right.hasPrefix("{") else { continue }
            for (words, field) in parameter.wrongFields(except: row.anything) {
                var arguments = row.arguments
                arguments[position] = "merged(\(right), \(field))"
                add(words, arguments)
            }
            for option in parameter.options where !option.isOptional {
                var arguments = row.arguments
                arguments[position] = "without(\(right), \"\(option.name)\")"
                add("option \(option.name) is missing", arguments)
            }
        }
        if function.isMethod, let separator = row.call.lastIndex(of: ":") {
            let object = row.call[..<separator]
            let name = row.call[row.call.index(after: separator)...]
            mistakes.append(
                Mistake(words: "called with a dot", code: "\(object).\(name)(5)", kinds: ["argument"])
            )
        }
        return mistakes
    }

    /// The right call on an object that was closed. Last, for nothing works afterwards.
    static func closed(_ row: MistakeRow) -> Mistake {
        Mistake(
            words: "closed",
            code: "\(row.call)(\(row.arguments.joined(separator: ", ")))",
            kinds: ["closed", "returned closed"]
        )
    }
}

extension LuaDocumentation.Parameter {
    fileprivate var alternatives: [Substring] {
        type.hasPrefix("fun(") ? ["function"] : type.split(separator: "|")
    }

    fileprivate var isDemanded: Bool {
        !isOptional && name != "..." && !alternatives.contains { $0 == "any" || $0 == "nil" }
    }

    /// Values of a wrong type, out of range, or none of the words.
    fileprivate var wrongValues: [(words: String, code: String)] {
        var values: [(words: String, code: String)] = []
        if let wrong = ["true", "print", "{}", "5", "\"x\""].first(where: { !accepts($0) }) {
            values.append(("wrong type \(wrong)", wrong))
        }
        if unit == "s", alternatives.contains("number"), alternatives.contains("string") {
            values += [("more than a day", "90000"), ("no span", "\"soon\""), ("negative", "-1")]
        }
        if let range, alternatives.contains("integer") {
            values += [("below its range", "\(range.lowerBound - 1)"), ("above its range", "\(range.upperBound + 1)")]
        }
        if let range, unit == "bytes", alternatives.contains("string") {
            values.append(("too long", "(\"x\"):rep(\(range.upperBound + 1))"))
            if range.lowerBound > 0 { values.append(("empty", "\"\"")) }
        }
        if !choices.isEmpty { values.append(("none of the words", "\"zzz\"")) }
        return values
    }

    private func accepts(_ value: String) -> Bool {
        alternatives.contains { type in
            switch type {
            case "any", "...": true
            case "boolean", "true": value == "true"
            case "function": value == "print"
            case "number", "integer": value == "5"
            case "string": value == "\"x\""
            default: type.hasPrefix("table") || type.hasSuffix("[]") ? value == "{}" : false
            }
        }
    }

    /// Option tables with one thing wrong.
    fileprivate func wrongFields(except anything: Set<String>) -> [(words: String, code: String)] {
        var fields: [(words: String, code: String)] = []
        if !type.hasPrefix("table<") { fields.append(("unknown option", "{ zzz_unknown = 1 }")) }
        for option in options where !anything.contains(option.name) {
            for value in option.wrongValues {
                fields.append(("option \(option.name): \(value.words)", "{ \(option.name) = \(value.code) }"))
            }
        }
        return fields
    }
}
