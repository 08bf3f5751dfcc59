internal import LuaRuntime

/// Values as lines of JSON, whatever a script has put into them.
enum JSONText {
    static func line(_ object: LuaTable) -> String {
        do throws(LuaFailure) {
            return String(decoding: try LuaJSON.encode(writable(.table(object))), as: UTF8.self) + "\n"
        } catch {
            preconditionFailure("a writable value could not be written: \(error)")
        }
    }

    /// The same value with everything replaced that JSON cannot hold: ill-formed text is repaired, NaN, infinities,
    /// objects and functions become words, and a table with items and names gets its indices as names.
    static func writable(_ value: LuaValue) -> LuaValue {
        switch value {
        case .nil, .boolean, .integer: value
        case .number(let number): number.isFinite ? value : .text("\(number)")
        case .string: .text(value.text ?? "")
        case .object, .function: .text(value.typeName)
        case .table(let table): .table(writable(table))
        }
    }

    private static func writable(_ table: LuaTable) -> LuaTable {
        guard !table.pairs.isEmpty else { return LuaTable(items: table.items.map(writable)) }
        let items = table.items.enumerated().map { index, item in
            LuaTable.Pair(key: .text(String(index + 1)), value: writable(item))
        }
        let named = table.pairs.map { pair in
            switch pair.key {
            case .integer(let key): LuaTable.Pair(key: .text(String(key)), value: writable(pair.value))
            case .string(let key):
                LuaTable.Pair(key: .text(String(decoding: key, as: UTF8.self)), value: writable(pair.value))
            }
        }
        return LuaTable(pairs: items + named)
    }
}
