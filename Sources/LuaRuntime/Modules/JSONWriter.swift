/// A value as JSON text.
struct JSONWriter {
    private(set) var text: [UInt8] = []
    private let isIndented: Bool

    init(isIndented: Bool) {
        self.isIndented = isIndented
    }

    mutating func write(_ value: LuaValue, depth: Int = 0) throws(LuaFailure) {
        switch value {
        case .nil: add("null")
        case .boolean(let flag): add(flag ? "true" : "false")
        case .integer(let integer): add("\(integer)")
        case .number(let number): try write(number)
        case .string(let bytes): try write(bytes)
        case .table(let table): try write(table, depth: depth)
        case .object(let object):
            guard object is JSONNull else { throw cannot("a \(value.typeName)") }
            add("null")
        case .function: throw cannot("a function")
        }
    }

    private func cannot(_ what: String) -> LuaFailure {
        .badArgument(1, to: "encode", "\(what) cannot be written as JSON")
    }

    private mutating func add(_ string: String) {
        text.append(contentsOf: string.utf8)
    }

    private mutating func write(_ number: Double) throws(LuaFailure) {
        guard number.isFinite else { throw cannot("\(number)") }
        if let integer = Int64(exactly: number), abs(number) < 1e15 {
            add("\(integer).0")
        } else {
            add("\(number)")
        }
    }

    private mutating func write(_ bytes: [UInt8]) throws(LuaFailure) {
        guard let string = String(validating: bytes, as: UTF8.self) else { throw cannot("a string that is no UTF-8") }
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""): add("\\\"")
            case UInt8(ascii: "\\"): add("\\\\")
            case 0x0a: add("\\n")
            case 0x0d: add("\\r")
            case 0x09: add("\\t")
            case 0..<0x20: add("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }

    /// Items make an array; pairs make an object, in the order of their names, so that equal tables give equal text.
    private mutating func write(_ table: LuaTable, depth: Int) throws(LuaFailure) {
        guard table.items.isEmpty || table.pairs.isEmpty else { throw cannot("a table with items and names") }
        if table.pairs.isEmpty {
            try writeList(table.items.map { (nil, $0) }, "[", "]", depth: depth)
            return
        }
        var members: [(name: [UInt8]?, value: LuaValue)] = []
        for pair in table.pairs {
            guard case .string(let name) = pair.key else { throw cannot("a table with the key \(pair.key.path)") }
            members.append((name, pair.value))
        }
        members.sort { ($0.name ?? []).lexicographicallyPrecedes($1.name ?? []) }
        try writeList(members, "{", "}", depth: depth)
    }

    private mutating func writeList(
        _ members: [(name: [UInt8]?, value: LuaValue)],
        _ open: String,
        _ close: String,
        depth: Int
    ) throws(LuaFailure) {
        add(open)
        for (index, member) in members.enumerated() {
            if index > 0 { add(",") }
            newLine(depth + 1)
            if let name = member.name {
                try write(name)
                add(isIndented ? ": " : ":")
            }
            try write(member.value, depth: depth + 1)
        }
        if !members.isEmpty { newLine(depth) }
        add(close)
    }

    private mutating func newLine(_ depth: Int) {
        if isIndented { add("\n" + String(repeating: "  ", count: depth)) }
    }
}
