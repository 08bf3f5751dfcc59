/// The notation of types in the binding table, which is that of the Lua language server.
struct TypeNotation: Sendable {
    /// The alternatives of a union, without marks for nil.
    let alternatives: [String]
    let allowsNil: Bool

    init(_ text: String) {
        var parts: [String] = []
        var depth = 0
        var part = ""
        for character in text {
            switch character {
            case "(", "<": depth += 1
            case ")", ">": depth -= 1
            default: break
            }
            if character == "|", depth == 0 {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        parts.append(part)
        // The mark behind a function's result belongs to the result.
        let marked = parts.filter { $0.hasSuffix("?") && !$0.hasPrefix("fun(") }
        allowsNil = !marked.isEmpty || parts.contains("nil") || parts.contains("any")
        alternatives = parts.map { marked.contains($0) ? String($0.dropLast()) : $0 }
    }

    /// The parameters' types of `fun(a: X, b: Y): Z`, and its result; nil: no function.
    static func signature(of text: String) -> (parameters: [String], result: String?)? {
        guard text.hasPrefix("fun("), let end = text.firstIndex(of: ")") else { return nil }
        let list = text[text.index(text.startIndex, offsetBy: 4)..<end]
        let parameters = list.split(separator: ",").map { part in
            part.split(separator: ":", maxSplits: 1).last.map { trimmed($0) } ?? ""
        }
        let rest = text[text.index(after: end)...]
        return (parameters, rest.hasPrefix(":") ? trimmed(rest.dropFirst()) : nil)
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " })
    }

    /// Whether a value of this Lua type may stand here. Classes are told apart by their names.
    func accepts(_ value: ValueType, _ knowledge: Knowledge) -> Bool {
        guard let name = value.typeName else { return true }
        if name == "nil" { return allowsNil }
        return alternatives.contains { Self.accepts($0, name, value, knowledge) }
    }

    private static func accepts(_ type: String, _ name: String, _ value: ValueType, _ knowledge: Knowledge) -> Bool {
        switch type {
        case "any", "...", "": return true
        case "integer":
            if case .constant(.number(let number)) = value { return number == number.rounded() }
            return name == "number"
        case "string", "number", "boolean", "table": return name == type
        case "true": return name == "boolean"
        default: break
        }
        if type.hasPrefix("fun(") { return name == "function" }
        if type.hasSuffix("]") || type.hasPrefix("table<") { return name == "table" }
        if knowledge.classes[type] != nil { return name == type || name == "table" }
        return name == "table" || name == type
    }
}
