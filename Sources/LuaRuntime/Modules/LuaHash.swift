/// Fingerprints for records.
public enum LuaHash {
    /// SHA-256 as 64 hexadecimal digits.
    public static func sha256(_ bytes: [UInt8]) -> String {
        SHA256.digest(bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
