import LuaRuntime

/// `modem:expect`: armed when made; what fits from then on is kept until it is waited for.
final class LineWaiter: LuaObject, ModemListener {
    private let link: ModemLink
    private let patterns: LinePatterns
    private let inbox: Inbox<LuaValue>
    private let timeout: Duration

    init(link: ModemLink, host: LuaHost, patterns: LinePatterns, timeout: Duration) {
        self.link = link
        self.patterns = patterns
        self.timeout = timeout
        inbox = Inbox(port: link.port(for: host), limit: 64) { [$0] }
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
        inbox.end(LuaFailure(.closed, "the waiter is closed"))
    }

    private func wait(_ call: LuaCall, _ completion: LuaCompletion) throws(LuaFailure) -> LuaFunction.Abort? {
        let timeout = call.arguments.count > 0 ? try call.arguments.duration(0) : timeout
        let failure = LuaFailure(.timeout, "no line that fits within \(Seconds.shown(timeout)) s")
        return inbox.take(completion, host: call.host, timeout: timeout, onExpiry: .fail(failure))
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "LineWaiter",
        "Waits for a line that fits a pattern, from the moment it was made.",
        receiver: "waiter",
        methods: [
            .waiting(
                "wait",
                LuaDocumentation(
                    "Returns the first line that fits and was not returned before; waits for it if need be.",
                    parameters: [.timeout(default: "that of expect")],
                    results: [
                        .init(
                            "LineHit",
                            "`line`, captures from 1, `index` of the pattern, `message` of a received one."
                        )
                    ],
                    errors: [.argument, .timeout, .lost, .closed],
                    example:
                        #"local w <close> = modem:expect("+CFUN"); modem:at("AT+CREG=1"); local ok, hit = pcall(w.wait, w, 0.01)"#
                )
            ) { call, completion in
                do throws(LuaFailure) {
                    return try call.receiver(as: LineWaiter.self).wait(call, completion)
                } catch {
                    completion.fail(error)
                    return nil
                }
            },
            .synchronous("close", closeDocumentation) { call throws(LuaFailure) in
                try call.receiver(as: LineWaiter.self).close()
            },
        ],
        close: .synchronous("close", closeDocumentation) { call throws(LuaFailure) in
            try call.receiver(as: LineWaiter.self).close()
        }
    )

    private static let closeDocumentation = LuaDocumentation(
        "Disarms the waiter; whoever waits gets kind \"closed\".",
        errors: [],
        example: #"local w = modem:expect("+CREG"); w:close()"#
    )
}
