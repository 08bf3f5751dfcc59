public import ATProtocol

/// Which events a subscription takes.
public struct EventFilter: Sendable {
    let accepts: @Sendable (Event) -> Bool

    /// - Parameter accepts: called on the session's executor, once per event; must not wait.
    public init(_ accepts: @escaping @Sendable (Event) -> Bool) {
        self.accepts = accepts
    }

    public static let all = EventFilter { _ in true }

    /// Unsolicited lines that begin with `prefix`, such as `+CREG`.
    public static func urc(_ prefix: String) -> EventFilter {
        let prefix = Array(prefix.utf8)
        return EventFilter { event in
            guard case .urc(let line, _) = event.body else { return false }
            return line.starts(with: prefix)
        }
    }
}
