import LuaRuntime

/// `modem:urcs`: the lines that fit, one for each turn of a loop, until its time is up.
final class LineIterator: LuaObject, ModemListener {
    private let link: ModemLink
    private let patterns: LinePatterns
    private let inbox: Inbox<LuaValue>
    /// On the run's clock.
    private let deadline: Int64

    init(link: ModemLink, host: LuaHost, patterns: LinePatterns, timeout: Duration) {
        self.link = link
        self.patterns = patterns
        deadline = host.clock.monotonic + Int64(Seconds.of(timeout) * 1e9)
        inbox = Inbox(port: link.port(for: host), limit: 256) { [$0] }
        link.listeners.add(self)
    }

    func heard(_ event: ModemEvent) {
        if let hit = patterns.hit(event) { inbox.put(hit) }
        if case .port(let news) = event { inbox.heard(news) }
    }

    func disarmed() {
        inbox.end(LuaFailure(.closed, "the modem is closed"))
    }

    func luaReleased() { close() }

    private func close() {
        link.listeners.remove(self)
        inbox.end(LuaFailure(.closed, "the loop is closed"))
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "LineIterator",
        "The unsolicited lines that fit a pattern, for a loop.",
        receiver: "lines",
        methods: [
            .synchronous("close", closeDocumentation) { call throws(LuaFailure) in
                try call.receiver(as: LineIterator.self).close()
            }
        ],
        properties: [
            LuaClass.Property("dropped", "integer", "Lines lost because the loop was slower than they came.") {
                object throws(LuaFailure) in
                .integer((object as? LineIterator)?.inbox.dropped ?? 0)
            }
        ],
        close: .synchronous("close", closeDocumentation) { call throws(LuaFailure) in
            try call.receiver(as: LineIterator.self).close()
        },
        call: .waiting(
            "next",
            LuaDocumentation(
                "Waits for the next line; nil when the time of the loop is up.",
                results: [.init("LineHit?", "`line`, captures from 1, `index` of the pattern.")],
                errors: [.lost, .closed],
                example: #"for urc in modem:urcs("+CREG", { timeout = 1 }) do print(urc.line) end"#
            )
        ) { call, completion in
            do throws(LuaFailure) {
                let iterator = try call.receiver(as: LineIterator.self)
                let left = max(0, iterator.deadline - call.host.clock.monotonic)
                return iterator.inbox.take(
                    completion,
                    host: call.host,
                    timeout: .nanoseconds(left),
                    onExpiry: .end
                )
            } catch {
                completion.fail(error)
                return nil
            }
        }
    )

    private static let closeDocumentation = LuaDocumentation(
        "Disarms the loop; `break` and the end of the loop do the same.",
        errors: [],
        example: #"local lines = modem:urcs("+CREG", { timeout = 1 }); lines:close()"#
    )
}
