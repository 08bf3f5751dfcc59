import LuaRuntime

/// The lines that fit a pattern, from the moment it was made on: a waiter's, or a loop's.
final class ArmedLines: ModemListener {
    let inbox: Inbox<LuaValue>
    private let link: ModemLink
    private let patterns: LinePatterns

    /// - Parameter limit: how many lines are kept until somebody takes them; the oldest goes first.
    init(on link: ModemLink, host: LuaHost, _ patterns: LinePatterns, limit: Int) {
        self.link = link
        self.patterns = patterns
        inbox = Inbox(port: link.port(for: host), limit: limit) { [$0] }
        link.listeners.add(self)
    }

    func heard(_ event: ModemEvent) {
        if let hit = patterns.hit(event) { inbox.put(hit) }
        if case .port(let news) = event { inbox.heard(news) }
    }

    func disarmed() {
        inbox.end(LuaFailure(.closed, "the modem is closed"))
    }

    func close(_ reason: String) {
        link.listeners.remove(self)
        inbox.end(LuaFailure(.closed, reason))
    }
}

/// An object that hears the line until it is closed, by `close`, by `<close>` or by the collector.
protocol ClosableObject: LuaObject {
    func close()
}

extension LuaFunction {
    /// `close`, as a method and for `<close>`.
    static func close<Object: ClosableObject>(
        _ type: Object.Type,
        _ documentation: LuaDocumentation
    ) -> LuaFunction {
        .synchronous("close", documentation) { call throws(LuaFailure) in
            try call.receiver(as: type).close()
        }
    }
}
