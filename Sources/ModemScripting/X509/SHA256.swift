import COpenSSL

/// The SHA-256 of bytes.
enum SHA256 {
    /// In lower-case hexadecimal, 64 digits.
    static func hex(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        var size: UInt32 = 0
        let result = EVP_Digest(bytes, bytes.count, &digest, &size, EVP_sha256(), nil)
        // Fails only when the library cannot work at all.
        precondition(result == 1, "SHA-256 is not available in OpenSSL")
        return Hex.text(digest)
    }
}

/// Bytes as hexadecimal text.
enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
