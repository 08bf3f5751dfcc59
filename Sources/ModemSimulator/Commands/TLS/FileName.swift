import A7600

extension ModuleState {
    /// 5 bytes at least, ending in `.pem` or `.der`, without a quote or a path.
    func isFileName(_ name: [UInt8]) -> Bool {
        guard (5...profile.nameLimit).contains(name.count) else { return false }
        let ending = name.suffix(4)
        guard ending.elementsEqual(".pem".utf8) || ending.elementsEqual(".der".utf8) else { return false }
        return !name.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
    }
}
