/// The orders of answers as they stand on the wire, named as in the specification.
enum Answers {
    static let ok = "\r\nOK\r\n"
    static let error = "\r\nERROR\r\n"
    static let prompt = "\r\n>"

    /// Order K with information lines.
    static func ok(_ lines: String...) -> String { block(lines) + ok }

    /// Order A: `OK`, then the result.
    static func okThen(_ result: String) -> String { ok + block([result]) }

    /// Order B: the result, then `OK`.
    static func thenOK(_ result: String) -> String { block([result]) + ok }

    /// Order C: the result, then `ERROR`.
    static func thenError(_ result: String) -> String { block([result]) + error }

    static func block(_ lines: [String]) -> String { "\r\n" + lines.map { $0 + "\r\n" }.joined() }

    static func urc(_ line: String) -> String { "\r\n\(line)\r\n" }
}
