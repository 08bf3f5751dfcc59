import CMosquitto

/// One line of mosquitto's password file: PBKDF2 with SHA-512, as `mosquitto_passwd` writes it.
struct PasswordEntry {
    private static let rounds: Int32 = 101

    let line: String

    init(user: String, password: String) throws(PrivateBrokerError) {
        let salt = (0..<12).map { _ in UInt8.random(in: 0...255) }
        let secret = Array(password.utf8).map { CChar(bitPattern: $0) }
        var hash = [UInt8](repeating: 0, count: 64)
        let code = PKCS5_PBKDF2_HMAC(
            secret,
            Int32(secret.count),
            salt,
            Int32(salt.count),
            Self.rounds,
            EVP_sha512(),
            Int32(hash.count),
            &hash
        )
        guard code == 1 else { throw PrivateBrokerError(.files, detail: "no password hash for \(user)") }
        line = "\(user):$7$\(Self.rounds)$\(Self.base64(salt))$\(Self.base64(hash))"
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var text = [UInt8](repeating: 0, count: bytes.count * 2 + 4)
        let count = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
        return String(decoding: text.prefix(Int(count)), as: UTF8.self)
    }
}
