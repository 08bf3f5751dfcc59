/// What is known of a value before the script runs.
indirect enum ValueType: Sendable {
    case unknown
    case constant(Constant)
    case boolean
    case number
    case string
    case function
    case table
    /// An object of a class of the script interface.
    case instance(String)
    /// A table with the fields of a documented record.
    case record(String)
    case list(ValueType)
    /// What a generic `for` gets its values from.
    case iterator(ValueType)
    /// The table of a module or of a standard library.
    case module(String)
    /// The table of the globals.
    case globals
    case callable(Callable)
}

extension ValueType {
    /// The word Lua has for it; nil: not known.
    var typeName: String? {
        switch self {
        case .unknown: nil
        case .constant(let constant): constant.typeName
        case .boolean: "boolean"
        case .number: "number"
        case .string: "string"
        case .function, .callable, .iterator: "function"
        case .table, .record, .list, .module, .globals: "table"
        case .instance(let name): name
        }
    }

    var constant: Constant? {
        if case .constant(let constant) = self { constant } else { nil }
    }

    /// A constant string as text.
    var text: String? {
        if case .constant(.string(let bytes)) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
    }
}
