/// A table by value: items 1…n without holes, and every other key as a pair, in no promised order.
public struct LuaTable: Sendable, Equatable {
    public enum Key: Sendable, Hashable {
        case integer(Int64)
        case string([UInt8])
    }

    public struct Pair: Sendable, Equatable {
        public var key: Key
        public var value: LuaValue

        public init(key: Key, value: LuaValue) {
            self.key = key
            self.value = value
        }
    }

    public var items: [LuaValue]
    public var pairs: [Pair]

    public init(items: [LuaValue] = [], pairs: [Pair] = []) {
        self.items = items
        self.pairs = pairs
    }

    /// The value of a text key; `.nil` when absent. Assigning `.nil` removes the pair.
    public subscript(name: String) -> LuaValue {
        get {
            pairs.first { $0.key.isText(name) }?.value ?? .nil
        }
        set {
            pairs.removeAll { $0.key.isText(name) }
            if !newValue.isNil {
                pairs.append(Pair(key: .text(name), value: newValue))
            }
        }
    }
}

extension LuaTable {
    /// Pairs with text keys: `LuaTable(["rssi": 23, "ber": .nil])`; `nil` values are left out.
    public init(_ pairs: KeyValuePairs<String, LuaValue>) {
        self.init(pairs: pairs.filter { !$0.1.isNil }.map { Pair(key: .text($0.0), value: $0.1) })
    }
}

extension LuaTable.Key {
    public static func text(_ text: String) -> LuaTable.Key {
        .string(Array(text.utf8))
    }

    /// The key for a message: `.name` or `[3]`.
    public var path: String {
        switch self {
        case .integer(let value): "[\(value)]"
        case .string(let bytes): "." + String(decoding: bytes, as: UTF8.self)
        }
    }

    func isText(_ text: String) -> Bool {
        if case .string(let bytes) = self { bytes.elementsEqual(text.utf8) } else { false }
    }
}
