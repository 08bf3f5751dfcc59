/// A value that is known from the text.
enum Constant: Sendable, Equatable {
    case `nil`
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string([UInt8])

    var typeName: String {
        switch self {
        case .nil: "nil"
        case .boolean: "boolean"
        case .integer, .number: "number"
        case .string: "string"
        }
    }

    /// For messages.
    var shown: String {
        switch self {
        case .nil: "nil"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let bytes): "'\(String(decoding: bytes, as: UTF8.self))'"
        }
    }

    var negated: Constant? {
        switch self {
        case .integer(let value): .integer(0 &- value)
        case .number(let value): .number(-value)
        case .nil, .boolean, .string: nil
        }
    }
}
