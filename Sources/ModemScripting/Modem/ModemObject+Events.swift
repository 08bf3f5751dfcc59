import A7600
import ATProtocol
import LuaRuntime

extension ModemObject {
    /// What the modem says unasked.
    static let eventFunctions: [LuaFunction] = [on, events, onReopen, expect, urcs]

    private static let pattern = LuaDocumentation.Parameter(
        "pattern",
        "string",
        "Beginning of the line (`+CREG`), or a Lua pattern (`+CREG: (%d)`)."
    )

    private static let on = LuaFunction.synchronous(
        "on",
        LuaDocumentation(
            "Calls a function for each unsolicited line that fits; a received message is one event under `+CMQTTRX`.",
            parameters: [
                pattern, .init("fn", "fun(urc: LineHit)", "Called in order, one at a time; may wait."),
                .options(SubscriptionOptions.documentation),
            ],
            results: [.init("Subscription", "Ends with `close`, or with the run.")],
            errors: [.argument, .closed],
            example: #"local sub = modem:on("+CREG", function(urc) log.info(urc.line) end, { queue = 64 })"#
        ),
        options: [.callbacks]
    ) { call throws(LuaFailure) in
        let link = try call.openModem().link
        let arguments = try call.arguments
        let patterns = try LinePatterns(arguments, 0)
        let name = "on \(arguments[0].text ?? "patterns")"
        try EventSubscription.push(to: &call, on: link, functionAt: 1, name: name) { patterns.hit($0) }
    }

    private static let events = LuaFunction.synchronous(
        "events",
        LuaDocumentation(
            "Calls a function for every event of the line, in the order of the wire: for monitors and tests.",
            parameters: [
                .init(
                    "fn",
                    "fun(event: ModemEvent)",
                    "Gets `kind` (`urc message late anomaly restarted lost port`), `line`, `message`, `text`."
                ),
                .options(SubscriptionOptions.documentation),
            ],
            results: [.init("Subscription", "Ends with `close`, or with the run.")],
            errors: [.argument, .closed],
            example: #"local sub = modem:events(function(e) log.debug(e.kind, { text = e.text }) end)"#
        ),
        options: [.callbacks]
    ) { call throws(LuaFailure) in
        let link = try call.openModem().link
        try EventSubscription.push(to: &call, on: link, name: "events") { .table(LuaTable($0)) }
    }

    private static let onReopen = LuaFunction.synchronous(
        "on_reopen",
        LuaDocumentation(
            "Calls a function when the port was gone and is open again, after the same module has proved to be there.",
            parameters: [
                .init("fn", "fun(event: ReopenEvent)", "Gets `opening`, 2 for the first time, and `text`."),
                .options(SubscriptionOptions.documentation),
            ],
            results: [.init("Subscription", "Ends with `close`, or with the run.")],
            errors: [.argument, .closed],
            example: #"local sub = modem:on_reopen(function(e) log.warn(e.text, { opening = e.opening }) end)"#
        ),
        options: [.callbacks]
    ) { call throws(LuaFailure) in
        let link = try call.openModem().link
        try EventSubscription.push(to: &call, on: link, name: "on_reopen") { event in
            guard case .port(let news) = event, case .reopened(let opening) = news else { return nil }
            return .table(LuaTable(["opening": .integer(opening), "text": .text(news.text)]))
        }
    }

    private static let expect = LuaFunction.synchronous(
        "expect",
        LuaDocumentation(
            "Arms a waiter for a line, before the command that brings it is sent.",
            parameters: [
                .init("pattern", "string|string[]", "As for `on`, or several of them."),
                .options([.timeout("For `wait` without a time of its own.", default: "60")]),
            ],
            results: [.init("LineWaiter", "Give it to `wait`, or to `s:race`.")],
            errors: [.argument, .closed],
            example: #"local w <close> = modem:expect({ "+CPIN: READY", "+CPIN: (.+)" }); modem:at("AT+CSQ")"#
        )
    ) { call throws(LuaFailure) in
        let link = try call.openModem().link
        let arguments = try call.arguments
        let patterns = try LinePatterns(arguments, 0)
        let timeout = try arguments.options(1, known: ["timeout"]).duration("timeout") ?? .seconds(60)
        try call.push(.object(LineWaiter(link: link, host: call.host, patterns: patterns, timeout: timeout)))
    }

    private static let urcs = LuaFunction.synchronous(
        "urcs",
        LuaDocumentation(
            "Goes through the lines that fit, as they come, until the time is up.",
            parameters: [
                .init("pattern", "string|string[]", "As for `on`, or several of them."),
                .options([.timeout("Total, for the whole loop.", default: "60")]),
            ],
            results: [.init("fun(): LineHit?", "For a generic `for`.")],
            errors: [.argument, .closed],
            example: #"for urc in modem:urcs("+CREG", { timeout = "1s" }) do print(urc.line) end"#
        )
    ) { call throws(LuaFailure) in
        let link = try call.openModem().link
        let arguments = try call.arguments
        let patterns = try LinePatterns(arguments, 0)
        let timeout = try arguments.options(1, known: ["timeout"]).duration("timeout") ?? .seconds(60)
        let iterator = LuaValue.object(
            LineIterator(link: link, host: call.host, patterns: patterns, timeout: timeout)
        )
        try call.push([iterator, .nil, .nil, iterator])
    }
}

extension LuaTable {
    /// One event as `modem:events` shows it.
    init(_ event: ModemEvent) {
        switch event {
        case .urc(let line):
            self.init(["kind": "urc", "line": .string(line.bytes), "text": .string(line.bytes)])
        case .message(let message):
            self.init([
                "kind": "message", "message": .table(LuaTable(message)), "text": .text(message.announcement),
            ])
        case .lost(let loss):
            self.init([
                "kind": "lost", "client": loss.client.map { .integer($0) } ?? .nil, "cause": .integer(loss.cause),
                "text": .text(loss.text),
            ])
        case .late(let text): self.init(["kind": "late", "text": .text(text)])
        case .anomaly(let text): self.init(["kind": "anomaly", "text": .text(text)])
        case .restarted(let expected):
            self.init([
                "kind": "restarted", "expected": .boolean(expected),
                "text": .text(expected ? "the module restarted as it was told" : "the module restarted by itself"),
            ])
        case .port(let news): self.init(["kind": "port", "text": .text(news.text)])
        }
    }
}
