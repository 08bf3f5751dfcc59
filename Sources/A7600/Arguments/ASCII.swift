/// Bytes that mean something to the module's command reader.
enum ASCII {
    static let nul: UInt8 = 0x00
    static let backspace: UInt8 = 0x08
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let controlZ: UInt8 = 0x1A
    static let escape: UInt8 = 0x1B
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let semicolon = UInt8(ascii: ";")
    static let equals = UInt8(ascii: "=")
    static let question = UInt8(ascii: "?")
    static let plus = UInt8(ascii: "+")
    static let minus = UInt8(ascii: "-")
    static let hash = UInt8(ascii: "#")
    static let slash = UInt8(ascii: "/")
    static let colon = UInt8(ascii: ":")
    static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    static let upper = UInt8(ascii: "A")...UInt8(ascii: "Z")
    static let lower = UInt8(ascii: "a")...UInt8(ascii: "z")

    /// What would end, edit or abort a command line, and its name in messages.
    static func framingName(_ byte: UInt8) -> String? {
        switch byte {
        case nul: "NUL"
        case backspace: "backspace"
        case lineFeed: "LF"
        case carriageReturn: "CR"
        case controlZ: "Ctrl-Z"
        case escape: "ESC"
        default: nil
        }
    }

    static func uppercased(_ byte: UInt8) -> UInt8 {
        lower.contains(byte) ? byte - 0x20 : byte
    }
}

extension [UInt8] {
    /// Printable ASCII as it is, the rest as `\xNN`; cut after 40 bytes.
    var shown: String {
        var text = ""
        for byte in prefix(40) {
            if (0x20...0x7E).contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                text += hex.utf8.count == 1 ? "\\x0\(hex)" : "\\x\(hex)"
            }
        }
        return count > 40 ? "\(text)… (\(count) bytes)" : text
    }

    var isValidUTF8: Bool { String(validating: self, as: UTF8.self) != nil }
}
