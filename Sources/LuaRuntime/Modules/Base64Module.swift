/// `base64`: RFC 4648, the standard alphabet, padded.
enum Base64Module {
    static let module = LuaModule(
        "base64",
        "Bytes as base64 text (RFC 4648, standard alphabet, padded).",
        functions: [
            .synchronous(
                "encode",
                LuaDocumentation(
                    "Writes bytes as base64 without line breaks.",
                    parameters: [.init("bytes", "string", "What to write.")],
                    results: [.init("string", "A multiple of four characters.")],
                    errors: [.init(.argument, "no string was given")],
                    example: #"assert(base64.encode("moon") == "bW9vbg==")"#
                )
            ) { call throws(LuaFailure) in
                try call.push(.string(encode(try call.bytes(0))))
            },
            .synchronous(
                "decode",
                LuaDocumentation(
                    "Reads base64; white space is skipped, padding may be missing.",
                    parameters: [.init("text", "string", "As `encode` or a PEM file writes it.")],
                    results: [.init("string", "The bytes.")],
                    errors: [.init(.argument, "a character is foreign, or the end is cut off")],
                    example: #"assert(base64.decode("bW9v\nbg==") == "moon")"#
                )
            ) { call throws(LuaFailure) in
                guard let bytes = decode(try call.bytes(0)) else {
                    throw .badArgument(1, to: "decode", "base64 expected")
                }
                try call.push(.string(bytes))
            },
        ]
    )

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for position in 0..<4 {
                let sextet = Int(bits >> UInt32(18 - 6 * position) & 63)
                text.append(position <= group.count ? alphabet[sextet] : padding)
            }
        }
        return text
    }

    static func decode(_ text: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var isPadded = false
        for character in text where !(character == 0x20 || (0x09...0x0d).contains(character)) {
            if character == padding {
                isPadded = true
                continue
            }
            guard !isPadded, let value = alphabet.firstIndex(of: character) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count % 4 != 1 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(6 - 2 * ((count - 1) % 4)))) }
        }
        return count % 4 == 1 ? nil : bytes
    }
}
