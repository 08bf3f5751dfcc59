/// Bytes as engineers read them.
enum HexDump {
    /// `0d 0a 4f 4b   ..OK`, 16 bytes a line; each line ends with a line feed.
    static func lines(_ bytes: [UInt8]) -> String {
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let row = bytes[start..<min(start + 16, bytes.count)]
            let pairs = row.map(pair).joined(separator: " ")
            let pad = String(repeating: " ", count: 16 * 3 + 1 - pairs.count)
            let shown = row.map { (0x20..<0x7F).contains($0) ? Character(Unicode.Scalar($0)) : "." }
            text += "    \(pairs)\(pad) \(String(shown))\n"
        }
        return text
    }

    private static func pair(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
