/// What a parameter takes.
public indirect enum Domain: Sendable {
    /// A number in one of these ranges.
    case integer([ClosedRange<Int>])
    /// A quoted string of this many bytes.
    case string(ClosedRange<Int>, TextRule)
    /// A quoted keyword, spelt exactly so.
    case keyword([String])
    /// `0x` and a hexadecimal number in this range.
    case hexadecimal(ClosedRange<Int>)
    /// Not checked beyond what would break framing.
    case any
    /// Depends on the firmware.
    case profile(@Sendable (Profile) -> Domain)

    public static func integer(_ range: ClosedRange<Int>) -> Domain { .integer([range]) }

    /// What the bytes of a string have to be besides their number.
    public enum TextRule: Hashable, Sendable {
        case utf8
        case printable
        /// Ends in `.pem` or `.der`; printable, no `/` or `\`.
        case fileName
        /// Begins with `tcp://`; a port, if any, is 1 to 65535.
        case address
        case digits
    }

    /// The domain under a profile, free of `profile` cases.
    func resolved(for profile: Profile) -> Domain {
        guard case .profile(let choose) = self else { return self }
        return choose(profile).resolved(for: profile)
    }

    /// `0-1`, `0, 60-180`, `1-128 bytes`: the words of help and faults.
    public func text(for profile: Profile) -> String {
        switch resolved(for: profile) {
        case .integer(let ranges): ranges.map(Self.text).joined(separator: ", ")
        case .string(let length, let rule): "\(Self.text(length)) bytes\(rule.text)"
        case .keyword(let words): words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .hexadecimal(let range): "0x\(Self.hex(range.lowerBound))-0x\(Self.hex(range.upperBound))"
        case .any, .profile: "any value"
        }
    }

    private static func text(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? String(range.lowerBound) : "\(range.lowerBound)-\(range.upperBound)"
    }

    private static func hex(_ value: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

extension Domain.TextRule {
    fileprivate var text: String {
        switch self {
        case .utf8: " of UTF-8"
        case .printable: " of printable ASCII"
        case .fileName: ", a file name ending in .pem or .der"
        case .address: ", tcp://host or tcp://host:port"
        case .digits: ", digits only"
        }
    }
}
