import A7600
import LuaRuntime

/// The messages of a client that fit a filter, from the moment it was armed: for a loop, or for one wait.
final class MessageStream: LuaObject {
    enum Kind: Sendable { case loop, waiter }

    private let client: MQTTClientObject
    private let inbox: Inbox<ReceivedMessage>
    private let route: UInt64
    private let kind: Kind
    private let timeout: Duration
    /// Of a loop, on the run's clock.
    private let deadline: Int64

    init(_ client: MQTTClientObject, host: LuaHost, filter: TopicFilter, timeout: Duration, kind: Kind) {
        self.client = client
        self.kind = kind
        self.timeout = timeout
        deadline = host.clock.monotonic + Int64(Seconds.of(timeout) * 1e9)
        inbox = MQTTClientObject.inbox(client.link.port(for: host), limit: MQTTClientObject.inboxLimit)
        route = client.arm(inbox, for: filter)
    }

    func luaReleased() { close() }

    private func close() {
        client.remove(routes: [route])
        inbox.end(LuaFailure(.closed, "the messages are no longer wanted"))
    }

    private func next(_ call: LuaCall, _ completion: LuaCompletion) -> LuaFunction.Abort? {
        let left = max(0, deadline - call.host.clock.monotonic)
        return inbox.take(
            completion,
            host: call.host,
            timeout: .nanoseconds(left),
            onExpiry: .end,
            unavailable: client.unavailable
        )
    }

    private func wait(_ call: LuaCall, _ completion: LuaCompletion) throws(LuaFailure) -> LuaFunction.Abort? {
        let timeout = call.arguments.count > 0 ? try call.arguments.duration(0) : timeout
        let failure = LuaFailure(.timeout, "no message within \(Seconds.shown(timeout)) s")
        return inbox.take(
            completion,
            host: call.host,
            timeout: timeout,
            onExpiry: .fail(failure),
            unavailable: client.unavailable
        )
    }

    var luaClass: LuaClass { kind == .loop ? Self.loopClass : Self.waiterClass }

    static let loopClass = LuaClass(
        "MessageIterator",
        "The messages of a client, for a loop.",
        receiver: "messages",
        methods: [closeMethod],
        close: closeMethod,
        call: .waiting(
            "next",
            LuaDocumentation(
                "Waits for the next message; nil when the time of the loop is up.",
                results: [.init("Message?", "`topic`, `payload`, `client`, `complete`.")],
                errors: [.lost, .closed],
                example: #"for msg in client:messages{ timeout = 1 } do print(msg.topic) end"#
            )
        ) { call, completion in
            do throws(LuaFailure) {
                return try call.receiver(as: MessageStream.self).next(call, completion)
            } catch {
                completion.fail(error)
                return nil
            }
        }
    )

    static let waiterClass = LuaClass(
        "MessageWaiter",
        "Waits for a message of a client, from the moment it was made.",
        receiver: "waiter",
        methods: [
            .waiting(
                "wait",
                LuaDocumentation(
                    "Returns the first message that fits and was not returned before; waits for it if need be.",
                    parameters: [.timeout(default: "that of next_message")],
                    results: [.init("Message", "`topic`, `payload`, `client`, `complete`.")],
                    errors: [.argument, .timeout, .lost, .closed],
                    example: #"local msg = client:next_message("cmd/#"):wait(10)"#
                )
            ) { call, completion in
                do throws(LuaFailure) {
                    return try call.receiver(as: MessageStream.self).wait(call, completion)
                } catch {
                    completion.fail(error)
                    return nil
                }
            },
            closeMethod,
        ],
        close: closeMethod
    )

    private static let closeMethod = LuaFunction.synchronous(
        "close",
        LuaDocumentation(
            "Disarms it; whoever waits gets kind \"closed\".",
            errors: [],
            example: #"local w = client:next_message("cmd/#"); w:close()"#
        )
    ) { call throws(LuaFailure) in
        try call.receiver(as: MessageStream.self).close()
    }
}
