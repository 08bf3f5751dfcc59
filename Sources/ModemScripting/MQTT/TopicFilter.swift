/// A topic filter of MQTT (3.1.1, 4.7): `+` stands for one level, `#` for all that follow, the parent included.
struct TopicFilter: Sendable, Hashable {
    let bytes: [UInt8]
    private let levels: [ArraySlice<UInt8>]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let shared = Array("$share/".utf8)
        var rest = bytes[...]
        if bytes.starts(with: shared), let slash = bytes[shared.count...].firstIndex(of: UInt8(ascii: "/")) {
            // The group is the server's business; messages bear topics that fit what stands behind it.
            rest = bytes[(slash + 1)...]
        }
        levels = rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    }

    static let all = TopicFilter(Array("#".utf8))

    func matches(_ topic: [UInt8]) -> Bool {
        let names = topic.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        // Wildcards do not reach into the server's own topics.
        if topic.first == UInt8(ascii: "$"), let first = levels.first, first == Self.one || first == Self.rest {
            return false
        }
        for (index, level) in levels.enumerated() {
            if level == Self.rest { return true }
            guard index < names.count else { return false }
            if level != Self.one, level != names[index] { return false }
        }
        return levels.count == names.count
    }

    private static let one: ArraySlice<UInt8> = [UInt8(ascii: "+")]
    private static let rest: ArraySlice<UInt8> = [UInt8(ascii: "#")]
}
