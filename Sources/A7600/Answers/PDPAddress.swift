public import ATProtocol

/// A line of `AT+CGPADDR`: the addresses of one PDP context (TS 27.007 10.1.14).
public struct PDPAddress: Hashable, Sendable {
    public var cid: Int
    /// As they stand; empty: the context has none.
    public var addresses: [String]

    public init?(_ line: Line) {
        guard let answer = AnswerLine(line, prefix: "+CGPADDR"), let cid = answer.integer(0) else { return nil }
        self.cid = cid
        addresses = answer.fields.indices.dropFirst().compactMap(answer.text).filter { !$0.isEmpty }
    }

    /// Whether the context is up: all-zero addresses are none.
    public var isActive: Bool {
        addresses.contains { address in
            address.utf8.contains { $0 != UInt8(ascii: "0") && $0 != UInt8(ascii: ".") && $0 != ASCII.colon }
        }
    }
}
