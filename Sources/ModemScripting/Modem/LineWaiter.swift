import LuaRuntime

/// `modem:expect`: armed when made; what fits from then on is kept until it is waited for.
final class LineWaiter: ClosableObject {
    private let lines: ArmedLines
    private let timeout: Duration

    init(link: ModemLink, host: LuaHost, patterns: LinePatterns, timeout: Duration) {
        self.timeout = timeout
        lines = ArmedLines(on: link, host: host, patterns, limit: 64)
    }

    func luaReleased() { close() }

    func close() { lines.close("the waiter is closed") }

    private func wait(_ call: LuaCall, _ completion: LuaCompletion) throws(LuaFailure) -> LuaFunction.Abort? {
        let timeout = call.arguments.count > 0 ? try call.arguments.duration(0) : timeout
        let failure = LuaFailure(.timeout, "no line that fits within \(Seconds.shown(timeout)) s")
        return lines.inbox.take(completion, host: call.host, timeout: timeout, onExpiry: .fail(failure))
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
            .close(LineWaiter.self, closeDocumentation),
        ],
        close: .close(LineWaiter.self, closeDocumentation)
    )

    private static let closeDocumentation = LuaDocumentation(
        "Disarms the waiter; whoever waits gets kind \"closed\".",
        errors: [],
        example: #"local w = modem:expect("+CREG"); w:close()"#
    )
}
