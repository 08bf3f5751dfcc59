/// `hash`: fingerprints.
enum HashModule {
    static let module = LuaModule(
        "hash",
        "Fingerprints of bytes.",
        functions: [
            .synchronous(
                "sha256",
                LuaDocumentation(
                    "The SHA-256 of bytes, as 64 hexadecimal digits.",
                    parameters: [.init("bytes", "string", "At most 4 MiB.")],
                    results: [.init("string", "Lower-case digits.")],
                    errors: [.init(.argument, "no string was given")],
                    example: #"assert(hash.sha256("abc"):sub(1, 8) == "ba7816bf")"#
                )
            ) { call throws(LuaFailure) in
                try call.push(.string(HexModule.encode(SHA256.digest(try call.bytes(0)))))
            },
            .synchronous(
                "crc32",
                LuaDocumentation(
                    "The CRC-32 of bytes (IEEE 802.3, as zlib and PNG use it).",
                    parameters: [.init("bytes", "string", "At most 4 MiB.")],
                    results: [.init("integer", "0 to 4294967295.")],
                    errors: [.init(.argument, "no string was given")],
                    example: #"assert(hash.crc32("123456789") == 0xCBF43926)"#
                )
            ) { call throws(LuaFailure) in
                try call.push(.integer(Int64(crc32(try call.bytes(0)))))
            },
        ]
    )

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ value >> 1 : value >> 1 }
    }

    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xff)] ^ $0 >> 8 }
    }
}
