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
        return shown + (rest > 0 ? "… and \(rest) more\n" : "") + total(differences.count) + "\n"
    }

    /// Why a run whose script has passed has failed; nil: it has not.
    static func summary(_ differences: [ReplayDifference]) -> String? {
        differences.isEmpty ? nil : total(differences.count) + " from the trace"
    }

    private static func total(_ count: Int) -> String {
        count == 1 ? "1 difference" : "\(count) differences"
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
