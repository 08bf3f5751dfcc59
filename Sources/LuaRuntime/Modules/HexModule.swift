/// `hex`: bytes as hexadecimal digits.
enum HexModule {
    static let module = LuaModule(
        "hex",
        "Bytes as hexadecimal digits.",
        functions: [
            .synchronous(
                "encode",
                LuaDocumentation(
                    "Writes each byte as two lower-case hexadecimal digits.",
                    parameters: [.init("bytes", "string", "What to write.")],
                    results: [.init("string", "Twice as long.")],
                    errors: [.init(.argument, "no string was given")],
                    example: #"assert(hex.encode("AT\r") == "41540d")"#
                )
            ) { call throws(LuaFailure) in
                try call.push(.string(encode(try call.bytes(0))))
            },
            .synchronous(
                "decode",
                LuaDocumentation(
                    "Reads hexadecimal digits; blanks between bytes are skipped.",
                    parameters: [.init("digits", "string", "An even number of digits, upper or lower case.")],
                    results: [.init("string", "The bytes.")],
                    errors: [.init(.argument, "a character is no digit, or a digit is missing")],
                    example: #"assert(hex.decode("41 54 0D") == "AT\r")"#
                )
            ) { call throws(LuaFailure) in
                guard let bytes = decode(try call.bytes(0)) else {
                    throw .badArgument(1, to: "decode", "pairs of hexadecimal digits expected")
                }
                try call.push(.string(bytes))
            },
        ]
    )

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    static func decode(_ text: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text {
            if high == nil, character == 0x20 || (0x09...0x0d).contains(character) { continue }
            guard let digit = Character(Unicode.Scalar(character)).hexDigitValue else { return nil }
            if let first = high {
                bytes.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        return high == nil ? bytes : nil
    }
}
