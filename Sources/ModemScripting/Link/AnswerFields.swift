import LuaRuntime

/// The fields behind the colon of an information line: `+CSQ: 23,0`. A line without a prefix is one field.
struct AnswerFields {
    private(set) var values: [LuaValue] = []

    init(_ line: [UInt8]) {
        let rest = Self.behindPrefix(line)
        var field: [UInt8] = []
        var quoted = false
        var wasQuoted = false
        for byte in rest {
            if byte == UInt8(ascii: "\"") {
                quoted.toggle()
                wasQuoted = true
            } else if byte == UInt8(ascii: ","), !quoted {
                values.append(Self.value(field, quoted: wasQuoted))
                field = []
                wasQuoted = false
            } else if byte == UInt8(ascii: " "), field.isEmpty, !quoted {
                continue
            } else {
                field.append(byte)
            }
        }
        values.append(Self.value(field, quoted: wasQuoted))
    }

    /// Integers become numbers; an empty field is an empty string, so that positions hold.
    private static func value(_ field: [UInt8], quoted: Bool) -> LuaValue {
        if !quoted, field.first != UInt8(ascii: "+"), let integer = Int64(String(decoding: field, as: UTF8.self)) {
            return .integer(integer)
        }
        return .string(field)
    }

    private static func behindPrefix(_ line: [UInt8]) -> ArraySlice<UInt8> {
        guard let first = line.first, [UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "^")].contains(first),
            let colon = line.firstIndex(of: UInt8(ascii: ":"))
        else { return line[...] }
        return line[(colon + 1)...]
    }

    subscript(index: Int) -> LuaValue {
        values.indices.contains(index) ? values[index] : .nil
    }

    func text(_ index: Int) -> String? { self[index].text }

    func integer(_ index: Int) -> Int? { self[index].integer.map(Int.init) }

    /// The leading fields that are integers.
    var integers: [Int] {
        values.prefix { $0.integer != nil }.compactMap { $0.integer.map(Int.init) }
    }
}
