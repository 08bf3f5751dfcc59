/// The fields of an option table. Messages name the option: `bad argument #2 to 'at' (option 'timeout': …)`.
public struct LuaOptions: Sendable {
    public let table: LuaTable
    let index: Int
    let function: String

    public init(_ table: LuaTable, index: Int, function: String) {
        self.table = table
        self.index = index
        self.function = function
    }

    public subscript(name: String) -> LuaValue { table[name] }

    public func failure(_ name: String, _ problem: String) -> LuaFailure {
        .badArgument(index + 1, to: function, "option '\(name)': \(problem)")
    }

    private func mismatch(_ name: String, expected: String) -> LuaFailure {
        failure(name, "\(expected) expected, got \(table[name].typeName)")
    }

    private func read<Value>(
        _ name: String,
        expected: String,
        _ convert: (LuaValue) -> Value?
    ) throws(LuaFailure) -> Value? {
        let value = table[name]
        if value.isNil { return nil }
        guard let converted = convert(value) else { throw mismatch(name, expected: expected) }
        return converted
    }

    public func bytes(_ name: String) throws(LuaFailure) -> [UInt8]? {
        try read(name, expected: "string") { $0.bytes }
    }

    public func text(_ name: String) throws(LuaFailure) -> String? {
        try read(name, expected: "string") { $0.text }
    }

    /// One of the listed words; another one is an error that lists them.
    public func choice(_ name: String, of words: [String]) throws(LuaFailure) -> String? {
        guard let word = try text(name) else { return nil }
        guard words.contains(word) else {
            let list = words.map { "'\($0)'" }.joined(separator: ", ")
            throw failure(name, "'\(word)' is none of \(list)")
        }
        return word
    }

    public func integer(_ name: String, in range: ClosedRange<Int64>? = nil) throws(LuaFailure) -> Int64? {
        guard let value = try read(name, expected: "integer", { $0.integer }) else { return nil }
        if let range, !range.contains(value) {
            throw failure(name, "\(value) is not in \(range.lowerBound)…\(range.upperBound)")
        }
        return value
    }

    public func number(_ name: String) throws(LuaFailure) -> Double? {
        try read(name, expected: "number") { $0.number }
    }

    public func boolean(_ name: String) throws(LuaFailure) -> Bool? {
        try read(name, expected: "boolean") { $0.boolean }
    }

    public func table(_ name: String) throws(LuaFailure) -> LuaTable? {
        try read(name, expected: "table") { $0.table }
    }

    public func function(_ name: String) throws(LuaFailure) -> LuaFunctionReference? {
        try read(name, expected: "function") { $0.function }
    }

    public func object<Object: LuaObject>(_ name: String, as type: Object.Type, named word: String)
        throws(LuaFailure) -> Object?
    {
        try read(name, expected: word) { $0.object(as: type) }
    }

    public func duration(_ name: String) throws(LuaFailure) -> Duration? {
        let value = table[name]
        if value.isNil { return nil }
        switch LuaDuration.parse(value) {
        case .success(let duration): return duration
        case .failure(let problem): throw failure(name, problem.message)
        }
    }

    /// Every pair whose key is not among `known` is an error. Items (1…n) are the caller's business.
    public func refuseUnknown(known: [String]) throws(LuaFailure) {
        for pair in table.pairs {
            guard case .string(let bytes) = pair.key else {
                throw .badArgument(index + 1, to: function, "an option table has names, not \(pair.key.path)")
            }
            let name = String(decoding: bytes, as: UTF8.self)
            if !known.contains(name) {
                throw .badArgument(index + 1, to: function, Suggestion.unknown("option", name, among: known))
            }
        }
    }
}
