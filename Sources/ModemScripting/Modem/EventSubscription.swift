import LuaRuntime

/// `modem:on`, `modem:events`, `client:on_lost`: a function of the script that is called for each event that fits.
/// It lives until it is closed, its function fails, or the run ends; the handle may be thrown away.
final class EventSubscription: ClosableObject, ModemListener {
    private let subscription: LuaSubscription
    private let port: LuaEventPort
    private let link: ModemLink
    private let values: @Sendable (ModemEvent) -> LuaValue?

    private init(
        link: ModemLink,
        port: LuaEventPort,
        subscription: LuaSubscription,
        values: @escaping @Sendable (ModemEvent) -> LuaValue?
    ) {
        self.link = link
        self.port = port
        self.subscription = subscription
        self.values = values
    }

    /// Arms the function and the options that stand behind it among a call's arguments, and returns the handle to the
    /// script.
    /// - Parameters:
    ///   - index: the function's place.
    ///   - values: what the function gets for an event; nil: the event does not fit.
    static func push(
        to call: inout LuaSyncCall,
        on link: ModemLink,
        functionAt index: Int = 0,
        name: String,
        values: @escaping @Sendable (ModemEvent) -> LuaValue?
    ) throws(LuaFailure) {
        let arguments = try call.arguments
        let function = try arguments.function(index)
        let options = try SubscriptionOptions(arguments.options(index + 1, known: SubscriptionOptions.names))
        let subscription = call.host.subscribe(
            function,
            name: name,
            queueLimit: options.queue,
            onError: options.onError
        )
        let port = link.port(for: call.host)
        let object = EventSubscription(link: link, port: port, subscription: subscription, values: values)
        link.listeners.add(object)
        subscription.whenClosed { [weak object] in
            if let object { link.listeners.remove(object) }
        }
        try call.push(.object(object))
    }

    func heard(_ event: ModemEvent) {
        guard let value = values(event) else { return }
        port.post(.deliver(subscription, [value]))
    }

    func disarmed() {}

    func close() {
        subscription.close()
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "Subscription",
        "A function of the script that handles events, one at a time and in order.",
        receiver: "sub",
        methods: [
            .close(EventSubscription.self, closeDocumentation)
        ],
        properties: [
            LuaClass.Property("dropped", "integer", "Events lost because the function was slower than they came.") {
                object throws(LuaFailure) in
                .integer((object as? EventSubscription)?.subscription.dropped ?? 0)
            }
        ],
        close: .close(EventSubscription.self, closeDocumentation)
    )

    private static let closeDocumentation = LuaDocumentation(
        "Ends the subscription; a call of its function that runs is left alone.",
        errors: [],
        example: #"local sub = modem:on("+CREG", function(urc) log.info(urc.line) end); sub:close()"#
    )
}

/// The options of a subscription.
struct SubscriptionOptions: Sendable {
    var queue: Int
    var onError: LuaSubscription.ErrorPolicy

    static let names = ["queue", "on_error"]

    init(_ options: LuaOptions) throws(LuaFailure) {
        queue = Int(try options.integer("queue", in: 1...4096) ?? 64)
        switch try options.choice("on_error", of: ["fail", "log"]) {
        case "log": onError = .log
        default: onError = .failRun
        }
    }

    static let documentation: [LuaDocumentation.Parameter] = [
        .init(
            "queue",
            "integer",
            unit: "events",
            default: "64",
            in: 1...4096,
            "Events that may wait for the function; the oldest goes first."
        ),
        .init(
            "on_error",
            "string",
            default: #""fail""#,
            oneOf: ["fail", "log"],
            #""fail": an error in the function ends the run; "log": it is logged."#
        ),
    ]
}
