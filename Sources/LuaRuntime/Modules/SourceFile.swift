/// A file of Lua source, read as `lua` reads it (Lua 5.4 manual, §7).
enum SourceFile {
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Its text: a byte order mark is left out, a first line that starts with `#` is emptied; the lines keep their numbers.
    static func text(_ bytes: [UInt8]) -> [UInt8] {
        let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
        guard text.first == UInt8(ascii: "#") else { return text.count == bytes.count ? bytes : Array(text) }
        return Array(text.drop { $0 != UInt8(ascii: "\n") })
    }
}
