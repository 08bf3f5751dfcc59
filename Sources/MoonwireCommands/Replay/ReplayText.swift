internal import ATProtocol
internal import ModemTransports

/// Differences between a trace and what happens now, for people.
enum ReplayText {
    /// More are counted, not listed.
    private static let limit = 100

    static func list(_ differences: [ReplayDifference]) -> String {
        list(differences.map { DecisionDifference($0) })
    }

    static func list(_ differences: [DecisionDifference]) -> String {
        let shown = differences.prefix(limit).map(entry).joined()
        let rest = differences.count - limit
        let total = differences.count == 1 ? "1 difference" : "\(differences.count) differences"
        return shown + (rest > 0 ? "… and \(rest) more\n" : "") + total + "\n"
    }

    /// `00:01.834  n 41  recorded  AT+CSQ\r` and below it what came instead.
    private static func entry(_ difference: DecisionDifference) -> String {
        let number = difference.record.map { "n \($0)" } ?? "n -"
        let head = "\(ClockText.time(difference.at))  \(number)"
        let space = String(repeating: " ", count: head.count)
        return "\(head)  recorded  \(difference.recorded ?? "nothing")\n"
            + "\(space)  now       \(difference.now ?? "nothing")\n"
    }
}
