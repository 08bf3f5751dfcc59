/// One value on its way between Lua and the host. A copy: nothing here points into the VM, except a
/// ``function(_:)``, which keeps its Lua function alive.
public enum LuaValue: Sendable {
    case `nil`
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    /// Bytes as they are; never checked, never converted.
    case string([UInt8])
    case table(LuaTable)
    /// A host object. Given to Lua it becomes a handle; a handle that came back is the object again.
    case object(any LuaObject)
    /// Only where the binding declares a callback.
    case function(LuaFunctionReference)
}

extension LuaValue {
    /// The bytes of `text` as UTF-8.
    public static func text(_ text: String) -> LuaValue {
        .string(Array(text.utf8))
    }

    public static func list(_ items: [LuaValue]) -> LuaValue {
        .table(LuaTable(items: items))
    }

    /// A table of text keys; `nil` values are left out.
    public static func record(_ pairs: KeyValuePairs<String, LuaValue>) -> LuaValue {
        .table(LuaTable(pairs))
    }

    public static func integer(_ value: Int) -> LuaValue {
        .integer(Int64(value))
    }

    /// `nil` in, `nil` out.
    public static func optional(_ text: String?) -> LuaValue {
        text.map { .text($0) } ?? .nil
    }

    public var isNil: Bool {
        if case .nil = self { true } else { false }
    }

    /// Lua's own rule: everything but `nil` and `false`.
    public var isTruthy: Bool {
        switch self {
        case .nil: false
        case .boolean(let value): value
        case .integer, .number, .string, .table, .object, .function: true
        }
    }

    public var bytes: [UInt8]? {
        if case .string(let bytes) = self { bytes } else { nil }
    }

    /// The string as text; ill-formed UTF-8 is repaired. `nil` for everything that is no string.
    public var text: String? {
        bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// An integer, or a float without fraction.
    public var integer: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        case .nil, .boolean, .string, .table, .object, .function: nil
        }
    }

    public var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .nil, .boolean, .string, .table, .object, .function: nil
        }
    }

    public var boolean: Bool? {
        if case .boolean(let value) = self { value } else { nil }
    }

    public var table: LuaTable? {
        if case .table(let table) = self { table } else { nil }
    }

    public var function: LuaFunctionReference? {
        if case .function(let reference) = self { reference } else { nil }
    }

    public func object<Object: LuaObject>(as type: Object.Type) -> Object? {
        if case .object(let object) = self { object as? Object } else { nil }
    }

    /// The word Lua uses for this kind of value, as in `bad argument #1 to 'at' (string expected, got nil)`.
    public var typeName: String {
        switch self {
        case .nil: "nil"
        case .boolean: "boolean"
        case .integer, .number: "number"
        case .string: "string"
        case .table: "table"
        case .object(let object): object.luaClass.name
        case .function: "function"
        }
    }
}

extension LuaValue: Equatable {
    /// Objects and functions are equal when they are the same one. Integers and floats are never equal to each other.
    public static func == (left: LuaValue, right: LuaValue) -> Bool {
        switch (left, right) {
        case (.nil, .nil): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.table(let left), .table(let right)): left == right
        case (.object(let left), .object(let right)): left === right
        case (.function(let left), .function(let right)): left === right
        case (.nil, _), (.boolean, _), (.integer, _), (.number, _), (.string, _), (.table, _), (.object, _),
            (.function, _):
            false
        }
    }
}

extension LuaValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    public init(nilLiteral: ()) { self = .nil }
}
