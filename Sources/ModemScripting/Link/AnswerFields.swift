import LuaRuntime

/// The fields behind the colon of an information line: `+CSQ: 23,0`. A line without a prefix is one field.
struct AnswerFields {
    private(set) var values: [LuaValue] = []

    init(_ line: [UInt8]) {
        let rest = Self.behindPrefix(line)
        var start = rest.startIndex
        while true {
            var end = start
            var quoted = false
            var hasQuotes = false
            while end < rest.endIndex, quoted || rest[end] != UInt8(ascii: ",") {
                if rest[end] == UInt8(ascii: "\"") {
                    quoted.toggle()
                    hasQuotes = true
                }
                end += 1
            }
            let field = rest[start..<end].drop { $0 == UInt8(ascii: " ") }
            values.append(hasQuotes ? .string(Self.unquoted(field)) : Self.value(field))
            if end == rest.endIndex { return }
            start = end + 1
        }
    }

    /// Without its quotes, and without the spaces before the first byte that is not in quotes.
    private static func unquoted(_ field: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var quoted = false
        for byte in field {
            if byte == UInt8(ascii: "\"") {
                quoted.toggle()
            } else if byte != UInt8(ascii: " ") || quoted || !bytes.isEmpty {
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// Integers become numbers; an empty field is an empty string, so that positions hold.
    private static func value(_ field: ArraySlice<UInt8>) -> LuaValue {
        integer(field).map { .integer($0) } ?? .string(Array(field))
    }

    /// Nil: not digits alone, perhaps behind a minus sign, or too large.
    private static func integer(_ field: ArraySlice<UInt8>) -> Int64? {
        let isNegative = field.first == UInt8(ascii: "-")
        let digits = isNegative ? field.dropFirst() : field
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = tens.addingReportingOverflow(isNegative ? -digit : digit)
            if isTooLarge || overflows { return nil }
            value = sum
        }
        return value
    }

    private static func behindPrefix(_ line: [UInt8]) -> ArraySlice<UInt8> {
        switch line.first {
        case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "^"): break
        default: return line[...]
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return line[...] }
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
