extension Domain {
    /// Why a value was refused: what it is, and what is taken instead.
    struct Refusal: Error {
        var value: String
        var allowed: String
    }

    /// - Parameter unquoted: whether a string may stand without its quotes.
    func check(_ argument: Argument, unquoted: Profile.Acceptance, profile: Profile) throws(Refusal) {
        let domain = resolved(for: profile)
        // Words are made for those who are refused.
        func allowed() -> String { domain.text(for: profile) }
        switch (domain, argument) {
        case (.integer(let ranges), .integer(let value)):
            guard ranges.contains(where: { $0.contains(value) }) else {
                throw Refusal(value: argument.shown, allowed: allowed())
            }
        case (.string(let length, let rule), .string(let bytes)):
            try Self.check(bytes, length: length, rule: rule, allowed: allowed())
        case (.string(let length, let rule), .word(let bytes)) where unquoted == .accepted:
            try Self.check(bytes, length: length, rule: rule, allowed: allowed())
        case (.keyword(let words), .string(let bytes)):
            guard words.contains(where: { Array($0.utf8) == bytes }) else {
                throw Refusal(value: argument.shown, allowed: allowed())
            }
        case (.hexadecimal(let range), .word(let bytes)):
            guard let value = Self.hexadecimal(bytes), range.contains(value) else {
                throw Refusal(value: argument.shown, allowed: allowed())
            }
        case (.any, _): break
        case (.string, .integer), (.string, .word):
            throw Refusal(value: "\(argument.shown) without quotes", allowed: "\(allowed()), in quotes")
        case (.integer, _), (.string, _), (.keyword, _), (.hexadecimal, _), (.profile, _):
            throw Refusal(value: argument.shown, allowed: allowed())
        }
    }

    private static func check(
        _ bytes: [UInt8],
        length: ClosedRange<Int>,
        rule: TextRule,
        allowed: @autoclosure () -> String
    ) throws(Refusal) {
        if let name = bytes.lazy.compactMap(ASCII.framingName).first {
            throw Refusal(value: "a string with \(name)", allowed: "\(allowed()), without \(name)")
        }
        guard !bytes.contains(ASCII.quote) else {
            throw Refusal(value: "a string with \"", allowed: "\(allowed()), without \"")
        }
        guard length.contains(bytes.count) else {
            throw Refusal(value: "\(bytes.count) bytes", allowed: allowed())
        }
        guard rule.accepts(bytes) else {
            throw Refusal(value: "\"\(bytes.shown)\"", allowed: allowed())
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> Int? {
        guard bytes.count > 2, bytes[0] == ASCII.digits.lowerBound, ASCII.uppercased(bytes[1]) == UInt8(ascii: "X"),
            bytes[2] != ASCII.plus, bytes[2] != ASCII.minus
        else { return nil }
        return Int(String(decoding: bytes.dropFirst(2), as: UTF8.self), radix: 16)
    }
}

extension Domain.TextRule {
    fileprivate func accepts(_ bytes: [UInt8]) -> Bool {
        switch self {
        case .utf8: bytes.isValidUTF8
        case .printable: bytes.allSatisfy { (0x20...0x7E).contains($0) }
        case .digits: bytes.allSatisfy(ASCII.digits.contains)
        case .fileName: Self.isFileName(bytes)
        case .address: Self.isAddress(bytes)
        }
    }

    private static func isFileName(_ bytes: [UInt8]) -> Bool {
        let name = String(decoding: bytes, as: UTF8.self)
        return bytes.allSatisfy { (0x20...0x7E).contains($0) && $0 != ASCII.slash && $0 != UInt8(ascii: "\\") }
            && (name.hasSuffix(".pem") || name.hasSuffix(".der"))
    }

    private static func isAddress(_ bytes: [UInt8]) -> Bool {
        let scheme = Array("tcp://".utf8)
        guard bytes.starts(with: scheme), bytes.isValidUTF8 else { return false }
        let rest = bytes.dropFirst(scheme.count)
        guard let colon = rest.lastIndex(of: ASCII.colon) else { return !rest.isEmpty }
        let port = rest[(colon + 1)...]
        guard colon > rest.startIndex, port.allSatisfy(ASCII.digits.contains),
            let number = Int(String(decoding: port, as: UTF8.self))
        else { return false }
        return (1...65535).contains(number)
    }
}
