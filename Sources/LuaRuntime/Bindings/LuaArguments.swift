/// The arguments of one call, with readers that fail in the words a script author needs. Indices count from 0 here and
/// from 1 in messages; the receiver of a method is not among them.
public struct LuaArguments: Sendable {
    public internal(set) var values: [LuaValue]
    /// The function's name, for messages.
    public internal(set) var function: String

    public init(_ values: [LuaValue], function: String) {
        self.values = values
        self.function = function
    }

    public var count: Int { values.count }

    /// `.nil` beyond the end.
    public subscript(index: Int) -> LuaValue {
        values.indices.contains(index) ? values[index] : .nil
    }

    public func failure(_ index: Int, _ problem: String) -> LuaFailure {
        .badArgument(index + 1, to: function, problem)
    }

    func mismatch(_ index: Int, expected: String) -> LuaFailure {
        let got = index < values.count ? values[index].typeName : "no value"
        return failure(index, "\(expected) expected, got \(got)")
    }
}

extension LuaArguments {
    public func bytes(_ index: Int) throws(LuaFailure) -> [UInt8] {
        guard let bytes = self[index].bytes else { throw mismatch(index, expected: "string") }
        return bytes
    }

    /// Well-formed UTF-8 is not demanded.
    public func text(_ index: Int) throws(LuaFailure) -> String {
        String(decoding: try bytes(index), as: UTF8.self)
    }

    public func integer(_ index: Int, in range: ClosedRange<Int64>? = nil) throws(LuaFailure) -> Int64 {
        guard let value = self[index].integer else {
            if case .number = self[index] {
                throw failure(index, "number has no integer representation")
            }
            throw mismatch(index, expected: "number")
        }
        if let range, !range.contains(value) {
            throw failure(index, "\(value) is not in \(range.lowerBound)…\(range.upperBound)")
        }
        return value
    }

    public func number(_ index: Int) throws(LuaFailure) -> Double {
        guard let value = self[index].number else { throw mismatch(index, expected: "number") }
        return value
    }

    public func boolean(_ index: Int) throws(LuaFailure) -> Bool {
        guard let value = self[index].boolean else { throw mismatch(index, expected: "boolean") }
        return value
    }

    public func table(_ index: Int) throws(LuaFailure) -> LuaTable {
        guard let value = self[index].table else { throw mismatch(index, expected: "table") }
        return value
    }

    public func function(_ index: Int) throws(LuaFailure) -> LuaFunctionReference {
        guard let value = self[index].function else { throw mismatch(index, expected: "function") }
        return value
    }

    public func object<Object: LuaObject>(_ index: Int, as type: Object.Type, name: String) throws(LuaFailure)
        -> Object
    {
        guard let value = self[index].object(as: type) else { throw mismatch(index, expected: name) }
        return value
    }

    /// Seconds, or `"1500ms"`, `"2s"`, `"1m"`, `"2h"`.
    public func duration(_ index: Int) throws(LuaFailure) -> Duration {
        switch LuaDuration.parse(self[index]) {
        case .success(let duration): return duration
        case .failure(let problem): throw failure(index, problem.message)
        }
    }

    /// The trailing option table, or an empty one when the argument is absent. `known` are all names it may hold;
    /// another one is an error that suggests the nearest.
    public func options(_ index: Int, known: [String]) throws(LuaFailure) -> LuaOptions {
        switch self[index] {
        case .nil: return LuaOptions(LuaTable(), index: index, function: function)
        case .table(let table):
            let options = LuaOptions(table, index: index, function: function)
            try options.refuseUnknown(known: known)
            return options
        case .boolean, .integer, .number, .string, .object, .function:
            throw mismatch(index, expected: "table")
        }
    }
}
