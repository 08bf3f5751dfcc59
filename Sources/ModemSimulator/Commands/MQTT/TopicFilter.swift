/// Topic names and filters of MQTT 3.1.1 section 4.7.
package enum TopicFilter {
    package static func isWildcard(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "+") || byte == UInt8(ascii: "#")
    }

    /// `+` stands alone between slashes, `#` alone at the end.
    package static func isValid(_ filter: some Collection<UInt8>) -> Bool {
        guard !filter.isEmpty else { return false }
        let levels = filter.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (position, level) in levels.enumerated() where level.contains(where: isWildcard) {
            guard level.count == 1 else { return false }
            guard level.first == UInt8(ascii: "+") || position == levels.count - 1 else { return false }
        }
        return true
    }

    /// Whether a message on `topic` goes to a subscription of `filter`.
    package static func matches(_ filter: some Collection<UInt8>, _ topic: some Collection<UInt8>) -> Bool {
        let slash = UInt8(ascii: "/")
        let filterLevels = filter.split(separator: slash, omittingEmptySubsequences: false)
        let topicLevels = topic.split(separator: slash, omittingEmptySubsequences: false)
        // 4.7.2: a wildcard at the beginning does not match what begins with `$`.
        if topic.first == UInt8(ascii: "$"), let first = filter.first, isWildcard(first) { return false }
        for (position, level) in filterLevels.enumerated() {
            if level.elementsEqual("#".utf8) { return true }
            guard position < topicLevels.count else { return false }
            guard level.elementsEqual("+".utf8) || level.elementsEqual(topicLevels[position]) else { return false }
        }
        return filterLevels.count == topicLevels.count
    }
}
