/// One parameter of a command line.
public enum Argument: Hashable, Sendable {
    /// `60`.
    case integer(Int)
    /// `"unit-001"`: the bytes between the quotes.
    case string([UInt8])
    /// Anything else without quotes, such as `0x002F`.
    case word([UInt8])
    /// Nothing between two commas.
    case omitted

    public static func text(_ text: String) -> Argument { .string(Array(text.utf8)) }

    /// As it stands in a line.
    var wire: [UInt8] {
        switch self {
        case .integer(let value): Array(String(value).utf8)
        case .string(let bytes): [ASCII.quote] + bytes + [ASCII.quote]
        case .word(let bytes): bytes
        case .omitted: []
        }
    }

    /// For messages: printable, short.
    var shown: String {
        switch self {
        case .integer(let value): String(value)
        case .string(let bytes): "\"\(bytes.shown)\""
        case .word(let bytes): bytes.shown
        case .omitted: "missing"
        }
    }
}
