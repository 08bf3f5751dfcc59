extension LuaValue {
    /// The value as Lua source, on one line, for people: `{1, 2, name = "x"}`. Keys stand in the order of their text;
    /// a host object shows as its description or its kind, a function as `function`.
    public var literal: String {
        switch self {
        case .nil: "nil"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let bytes): Self.quoted(bytes)
        case .table(let table): table.literal
        case .object(let object): object.luaClass.describe?(object) ?? object.luaClass.name
        case .function: "function"
        }
    }

    fileprivate static func quoted(_ bytes: [UInt8]) -> String {
        var text = "\""
        for character in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch character {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\0"..<" ", "\u{7f}": text += "\\x" + String(character.value + 0x100, radix: 16).dropFirst()
            default: text.unicodeScalars.append(character)
            }
        }
        return text + "\""
    }
}

extension LuaTable {
    fileprivate var literal: String {
        let named = pairs.map { "\($0.key.literal) = \($0.value.literal)" }.sorted()
        return "{" + (items.map(\.literal) + named).joined(separator: ", ") + "}"
    }
}

extension LuaTable.Key {
    fileprivate var literal: String {
        switch self {
        case .integer(let value): return "[\(value)]"
        case .string(let bytes):
            let text = String(decoding: bytes, as: UTF8.self)
            let isName = text.first.map { !$0.isNumber } ?? false
            return isName && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
                ? text : "[" + LuaValue.quoted(bytes) + "]"
        }
    }
}
