import LuaRuntime

/// `modem:urcs`: the lines that fit, one for each turn of a loop, until its time is up.
final class LineIterator: ClosableObject {
    private let lines: ArmedLines
    /// On the run's clock.
    private let deadline: Int64

    init(link: ModemLink, host: LuaHost, patterns: LinePatterns, timeout: Duration) {
        deadline = host.clock.monotonic + Int64(Seconds.of(timeout) * 1e9)
        lines = ArmedLines(on: link, host: host, patterns, limit: 256)
    }

    func luaReleased() { close() }

    func close() { lines.close("the loop is closed") }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "LineIterator",
        "The unsolicited lines that fit a pattern, for a loop.",
        receiver: "lines",
        methods: [
            .close(LineIterator.self, closeDocumentation)
        ],
        properties: [
            LuaClass.Property("dropped", "integer", "Lines lost because the loop was slower than they came.") {
                object throws(LuaFailure) in
                .integer((object as? LineIterator)?.lines.inbox.dropped ?? 0)
            }
        ],
        close: .close(LineIterator.self, closeDocumentation),
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
                return iterator.lines.inbox.take(
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
