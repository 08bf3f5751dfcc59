import A7600
import LuaRuntime

extension MQTTClientObject {
    static let receiveFunctions: [LuaFunction] = [receive, messages, nextMessage, onLost]

    private static let topic = LuaDocumentation.Parameter(
        "topic",
        "string",
        default: "\"#\"",
        "Filter the message's topic has to match."
    )
    private static let message = LuaDocumentation.Result(
        "Message",
        "The message."
    )

    private static let receive = LuaFunction.waiting(
        "receive",
        LuaDocumentation(
            "Returns the oldest message that no function has got; waits for one if need be.",
            parameters: [.options([topic, .timeout(default: "60")])],
            results: [message],
            errors: [.argument, .timeout, .lost, .closed],
            example: #"local msg = client:receive{ topic = "cmd/#", timeout = 10 }"#
        )
    ) { call, completion in
        do throws(LuaFailure) {
            let client = try call.mqttClient()
            let options = try call.arguments.options(0, known: ["topic", "timeout"])
            let filter = try TopicFilter(options)
            let timeout = try options.duration("timeout") ?? .seconds(60)
            let failure = LuaFailure(.timeout, "no message within \(Seconds.shown(timeout)) s")
            return client.inbox.take(
                completion,
                host: call.host,
                timeout: timeout,
                onExpiry: .fail(failure),
                unavailable: client.unavailable
            ) { filter.matches($0.topic) }
        } catch {
            completion.fail(error)
            return nil
        }
    }

    private static let messages = LuaFunction.synchronous(
        "messages",
        LuaDocumentation(
            "Goes through the messages as they come, until the time is up.",
            parameters: [.options([topic, .timeout("Total, for the whole loop.", default: "60")])],
            results: [.init("fun(): Message?", "For a generic `for`.")],
            errors: [.argument, .lost, .closed],
            example: #"for msg in client:messages{ timeout = "1s" } do print(msg.topic, #msg.payload) end"#
        )
    ) { call throws(LuaFailure) in
        let client = try call.receiver(as: MQTTClientObject.self)
        try client.refuseReleased()
        let options = try call.arguments.options(0, known: ["topic", "timeout"])
        let stream = MessageStream(
            client,
            host: call.host,
            filter: try TopicFilter(options),
            timeout: try options.duration("timeout") ?? .seconds(60),
            kind: .loop
        )
        try call.push([.object(stream), .nil, .nil, .object(stream)])
    }

    private static let nextMessage = LuaFunction.synchronous(
        "next_message",
        LuaDocumentation(
            "Arms a waiter for a message, for `s:race` or for later.",
            parameters: [topic, .options([.timeout("For `wait` without a time of its own.", default: "60")])],
            results: [.init("MessageWaiter", "Sees messages that functions get as well.")],
            errors: [.argument, .closed],
            example: #"local w <close> = client:next_message("cmd/#"); local msg = w:wait(10)"#
        )
    ) { call throws(LuaFailure) in
        let client = try call.receiver(as: MQTTClientObject.self)
        try client.refuseReleased()
        let arguments = try call.arguments
        let filter = arguments[0].isNil ? TopicFilter.all : TopicFilter(try arguments.bytes(0))
        let timeout = try arguments.options(1, known: ["timeout"]).duration("timeout") ?? .seconds(60)
        try call.push(
            .object(MessageStream(client, host: call.host, filter: filter, timeout: timeout, kind: .waiter))
        )
    }

    private static let onLost = LuaFunction.synchronous(
        "on_lost",
        LuaDocumentation(
            "Calls a function when the connection is lost; nothing reconnects by itself.",
            parameters: [
                .init("fn", "fun(loss: Loss)", "Gets `cause` 1 to 3 as in +CMQTTCONNLOST (0: restart), and `text`."),
                .options(SubscriptionOptions.documentation),
            ],
            results: [.init("Subscription", "Ends with `close`, or with the run.")],
            errors: [.argument, .closed],
            example: #"client:on_lost(function(loss) log.warn("lost: " .. loss.text) end)"#
        ),
        options: [.callbacks]
    ) { call throws(LuaFailure) in
        let client = try call.receiver(as: MQTTClientObject.self)
        try client.refuseReleased()
        let index = client.index
        try EventSubscription.push(to: &call, on: client.link, name: "on_lost") { event in
            guard case .lost(let loss) = event, loss.concerns(index) else { return nil }
            return .record(["cause": .integer(loss.cause), "text": .text(loss.text)])
        }
    }
}

extension TopicFilter {
    /// The option `topic`; without it every message fits.
    init(_ options: LuaOptions) throws(LuaFailure) {
        guard let bytes = try options.bytes("topic") else {
            self = .all
            return
        }
        guard !bytes.isEmpty else { throw options.failure("topic", "is empty") }
        self.init(bytes)
    }
}
