/// The bytes that follow a command after its prompt.
public struct DataPart: Hashable, Sendable {
    /// The name of the parameter that declares their number.
    public var lengthParameter: String
    public var rule: Rule
    /// What the bytes are, if nobody may read them: "certificate".
    public var secret: String?

    public init(lengthParameter: String, rule: Rule, secret: String? = nil) {
        self.lengthParameter = lengthParameter
        self.rule = rule
        self.secret = secret
    }

    public enum Rule: Hashable, Sendable {
        /// Whatever they are.
        case bytes
        /// UTF-8 where the client checks it (`checkUTF8`).
        case text
        /// A topic to publish to: no wildcards.
        case topic
        /// A topic filter: `+` and `#` fill a level, `#` the last one.
        case filter
    }

    /// Whether the client the data go to has `checkUTF8` on, as every client has after ACCQ.
    public enum UTF8Check: Hashable, Sendable { case required, off }

    func check(_ data: [UInt8], utf8: UTF8Check) throws(Domain.Refusal) {
        if utf8 == .required, rule != .bytes {
            guard data.isValidUTF8 else {
                throw Domain.Refusal(
                    value: "not UTF-8",
                    allowed: "UTF-8 text; check_utf8 = false lets the client take any bytes"
                )
            }
            guard rule == .text || !data.contains(ASCII.nul) else {
                throw Domain.Refusal(value: "a topic with U+0000", allowed: "UTF-8 text without U+0000")
            }
        }
        switch rule {
        case .bytes, .text: break
        case .topic:
            guard !data.contains(ASCII.plus), !data.contains(ASCII.hash) else {
                throw Domain.Refusal(value: "\"\(data.shown)\"", allowed: "a topic without + and #")
            }
        case .filter:
            guard Self.isFilter(data) else {
                throw Domain.Refusal(
                    value: "\"\(data.shown)\"",
                    allowed: "a filter whose + and # fill a level, # only the last"
                )
            }
        }
    }

    /// MQTT 3.1.1, 4.7.1.
    private static func isFilter(_ data: [UInt8]) -> Bool {
        let levels = data.split(separator: ASCII.slash, omittingEmptySubsequences: false)
        for (index, level) in levels.enumerated() where level.count > 1 || level.first == ASCII.hash {
            if level.contains(ASCII.plus) { return false }
            if level.contains(ASCII.hash), level.count > 1 || index < levels.count - 1 { return false }
        }
        return true
    }
}
