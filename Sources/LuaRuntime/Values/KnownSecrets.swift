import Synchronization

/// The values of a run's secrets, so that what leaves the run can be searched for them.
///
/// A secret is handed on without being seen; this is for the way back, when a module or a broker repeats one.
public final class KnownSecrets: Sendable {
    /// What stands in the place of a value.
    public static let mark = Array("‹secret›".utf8)
    /// Shorter ones are found by chance in ordinary words.
    private static let shortest = 4
    /// A line of a key, but not its `-----BEGIN …-----`, gives part of it away.
    private static let shortestLine = 16

    private let values = Mutex<[[UInt8]]>([])

    public init() {}

    /// From now on these bytes are found, and each line of them if they are a key.
    public func add(_ bytes: [UInt8]) {
        var found: [[UInt8]] = [bytes.trimmed]
        found += bytes.split { $0 == 0x0A || $0 == 0x0D }.map(Array.init).filter {
            $0.count >= Self.shortestLine && !$0.starts(with: Array("-----".utf8))
        }
        values.withLock { values in
            for value in found where value.count >= Self.shortest && !values.contains(value) { values.append(value) }
            // Longer ones first: one may be part of another.
            values.sort { $0.count > $1.count }
        }
    }

    /// The bytes with a mark for each value in them.
    public func masked(_ bytes: [UInt8], with mark: [UInt8] = KnownSecrets.mark) -> [UInt8] {
        let values = values.withLock { $0 }
        var result = bytes
        for value in values where result.count >= value.count { result = result.replacing(value, with: mark) }
        return result
    }

    public func masked(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let result = masked(bytes)
        return result.count == bytes.count && result == bytes ? text : String(decoding: result, as: UTF8.self)
    }
}

extension Array<UInt8> {
    /// Without line ends and blanks around it: a password in a file has one behind it.
    fileprivate var trimmed: [UInt8] {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
            return []
        }
        return Array(self[first...last])
    }
}
