/// JSON (RFC 8259) to values and back.
///
/// Objects become tables with string keys, arrays tables with items; `null` is the value `json.null` or absent, as the
/// caller chooses. Integers stay integers when they fit 64 bits. Strings are bytes on the Lua side; bytes that are no
/// UTF-8 cannot be written.
struct JSONReader {
    struct Problem: Error {
        var message: String
        var offset: Int
    }

    private let bytes: [UInt8]
    private var at = 0
    private let null: LuaValue
    private static let maximumDepth = 15

    init(_ bytes: [UInt8], null: LuaValue) {
        self.bytes = bytes
        self.null = null
    }

    static func read(_ bytes: [UInt8], null: LuaValue) -> Result<LuaValue, Problem> {
        var reader = JSONReader(bytes, null: null)
        do throws(Problem) {
            let value = try reader.value(depth: 0)
            reader.skipSpace()
            guard reader.at == bytes.count else { throw reader.problem("something follows the value") }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }

    private func problem(_ message: String) -> Problem {
        Problem(message: message, offset: at + 1)
    }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[at]) { at += 1 }
    }

    private mutating func skip(_ character: Character) -> Bool {
        guard at < bytes.count, bytes[at] == character.asciiValue else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) throws(Problem) -> LuaValue {
        guard depth <= Self.maximumDepth else { throw problem("nested deeper than \(Self.maximumDepth)") }
        skipSpace()
        guard at < bytes.count else { throw problem("a value is missing") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: LuaValue) throws(Problem) -> LuaValue {
        guard bytes[at...].starts(with: word.utf8) else { throw problem("no JSON value") }
        at += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(Problem) -> LuaValue {
        at += 1
        var pairs: [LuaTable.Pair] = []
        var positions: [[UInt8]: Int] = [:]
        skipSpace()
        if skip("}") { return .table(LuaTable()) }
        repeat {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw problem("a name is missing") }
            let name = try string()
            skipSpace()
            guard skip(":") else { throw problem("':' is missing") }
            let pair = LuaTable.Pair(key: .string(name), value: try value(depth: depth + 1))
            if let known = positions[name] {
                pairs[known] = pair
            } else {
                positions[name] = pairs.count
                pairs.append(pair)
            }
            skipSpace()
        } while skip(",")
        guard skip("}") else { throw problem("'}' is missing") }
        return .table(LuaTable(pairs: pairs.filter { !$0.value.isNil }))
    }

    private mutating func array(depth: Int) throws(Problem) -> LuaValue {
        at += 1
        var items: [LuaValue] = []
        skipSpace()
        if skip("]") { return .list([]) }
        repeat {
            items.append(try value(depth: depth + 1))
            skipSpace()
        } while skip(",")
        guard skip("]") else { throw problem("']' is missing") }
        return .list(items)
    }

    private mutating func number() throws(Problem) -> LuaValue {
        let start = at
        while at < bytes.count, "+-.eE0123456789".utf8.contains(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let first = text.first, first == "-" || first.isNumber else {
            at = start
            throw problem("no JSON value")
        }
        let digits = text.drop { $0 == "-" }
        if digits.isEmpty || (digits.count > 1 && digits.first == "0" && digits.dropFirst().first?.isNumber == true) {
            at = start
            throw problem("no JSON number")
        }
        if let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite, text.last?.isNumber == true, !text.contains(".e") else {
            at = start
            throw problem("no JSON number")
        }
        return .number(number)
    }

    private mutating func string() throws(Problem) -> [UInt8] {
        at += 1
        var result: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return result
            case UInt8(ascii: "\\"): try escape(&result)
            case 0..<0x20: throw problem("a control character in a string")
            default: result.append(byte)
            }
        }
        throw problem("a string does not end")
    }

    private mutating func escape(_ result: inout [UInt8]) throws(Problem) {
        guard at < bytes.count else { throw problem("a string does not end") }
        let kind = bytes[at]
        at += 1
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5c, UInt8(ascii: "/"): 0x2f, UInt8(ascii: "b"): 0x08,
            UInt8(ascii: "f"): 0x0c, UInt8(ascii: "n"): 0x0a, UInt8(ascii: "r"): 0x0d, UInt8(ascii: "t"): 0x09,
        ]
        if let byte = plain[kind] {
            result.append(byte)
            return
        }
        guard kind == UInt8(ascii: "u") else { throw problem("no such escape") }
        var unit = try codeUnit()
        if (0xd800..<0xdc00).contains(unit), skip("\\"), skip("u") {
            let low = try codeUnit()
            guard (0xdc00..<0xe000).contains(low) else { throw problem("half a surrogate pair") }
            unit = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(unit) else { throw problem("half a surrogate pair") }
        result.append(contentsOf: String(Character(scalar)).utf8)
    }

    private mutating func codeUnit() throws(Problem) -> UInt32 {
        guard at + 4 <= bytes.count,
            let unit = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
        else { throw problem("four hexadecimal digits are missing") }
        at += 4
        return unit
    }
}
