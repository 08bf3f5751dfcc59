internal import ATProtocol

extension Command {
    /// The line with every secret replaced by `*`.
    var shown: [UInt8] {
        var bytes = line
        for secret in secrets where secret.part == .line {
            for index in secret.range.clamped(to: bytes.indices) { bytes[index] = UInt8(ascii: "*") }
        }
        return bytes
    }
}
