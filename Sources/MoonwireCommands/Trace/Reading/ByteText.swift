/// Bytes from the line as text that is safe to print: nothing in it moves a cursor or changes a colour.
enum ByteText {
    /// Valid UTF-8 as it is; control characters, invisible ones and other bytes as `\n`, `\x1b`; `\` as `\\`.
    static func shown(_ bytes: some Collection<UInt8>) -> String {
        var text = ""
        var rest = Array(bytes)[...]
        while let byte = rest.first {
            if let scalar = leadingScalar(of: rest), isVisible(scalar) {
                text += scalar == "\\" ? "\\\\" : String(scalar)
                rest = rest.dropFirst(UTF8.width(scalar))
            } else {
                text += escape(byte)
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// A line or a command without the line ends around it, shown. Spaces that fill up a data phase are counted: nobody
    /// sees them, and they would hide what stands around them.
    static func line(_ bytes: [UInt8]) -> String {
        let bytes = trimmed(bytes)
        return isFilling(bytes) ? "(\(bytes.count) spaces)" : shown(bytes)
    }

    private static func isFilling(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count >= 16 && bytes.allSatisfy { $0 == UInt8(ascii: " ") }
    }

    static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let isLineEnd: (UInt8) -> Bool = { $0 == 0x0D || $0 == 0x0A || $0 == 0 }
        guard let start = bytes.firstIndex(where: { !isLineEnd($0) }),
            let end = bytes.lastIndex(where: { !isLineEnd($0) })
        else { return [] }
        return bytes[start...end]
    }

    private static func leadingScalar(of bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard let first = bytes.first else { return nil }
        let width = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        return String(validating: bytes.prefix(width), as: UTF8.self)?.unicodeScalars.first
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: false
        default: true
        }
    }

    private static func escape(_ byte: UInt8) -> String {
        switch byte {
        case 0x0A: return "\\n"
        case 0x0D: return "\\r"
        case 0x09: return "\\t"
        default:
            let digits = String(byte, radix: 16)
            return "\\x" + (digits.utf8.count == 1 ? "0" : "") + digits
        }
    }
}
