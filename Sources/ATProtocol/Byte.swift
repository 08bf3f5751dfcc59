/// The bytes that mean something on an AT line.
extension UInt8 {
    static let carriageReturn = UInt8(0x0D)
    static let lineFeed = UInt8(0x0A)
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let promptMark = UInt8(ascii: ">")
    static let maskMark = UInt8(ascii: "*")

    @inline(__always)
    var isLineEnd: Bool { self == .carriageReturn || self == .lineFeed }

    /// A line end or NUL: no part of a line outside frames.
    @inline(__always)
    var stopsLine: Bool { self <= 0x0D && (isLineEnd || self == 0) }

    @inline(__always)
    var digit: Int? {
        let value = self &- 0x30
        return value < 10 ? Int(value) : nil
    }

    /// ASCII letters in lower case, all else unchanged.
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
