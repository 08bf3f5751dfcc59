import LuaRuntime

extension LuatosLibrary {
    private static let milliseconds = 0...2_147_483_647 as ClosedRange<Int64>

    private static func span(_ summary: String, optional: Bool = false) -> LuaDocumentation.Parameter {
        .init("ms", "integer", unit: "ms", optional: optional, in: milliseconds, summary)
    }

    private static let more = LuaDocumentation.Parameter("...", "any", optional: true, "Arguments for the function.")
    private static let topic = LuaDocumentation.Parameter("topic", "any", "The name of the message.")
    private static let outside = LuaDocumentation.Raised(.error, "it is called outside of a task")

    private static func example(_ body: String) -> String {
        #"require "compat.luatos"; "# + body + "; sys.run()"
    }

    static let sys = LuaReference.Module(
        "sys",
        "Tasks, timers and messages as LuatOS has them.",
        functions: [
            LuaReference.Function(
                "taskInit",
                LuaDocumentation(
                    "Starts a task; it runs from `sys.run` on. An error in it ends the run.",
                    parameters: [.init("fn", "fun(...)", "The task."), more],
                    results: [.init("true", "Always.")],
                    errors: [.argument],
                    example: example(#"sys.taskInit(function(name) sys.wait(10) print(name) end, "a")"#)
                )
            ),
            LuaReference.Function(
                "wait",
                LuaDocumentation(
                    "Waits.",
                    parameters: [span("How long.")],
                    errors: [.argument],
                    example: example("sys.taskInit(function() sys.wait(10) end)")
                ),
                waits: true
            ),
            LuaReference.Function(
                "waitUntil",
                LuaDocumentation(
                    "Waits for a message that is published from now on; for `IP_READY` until the module is registered.",
                    parameters: [topic, span("How long; without it for ever.", optional: true)],
                    results: [
                        .init("boolean", "false: none came in time."), .init("...", "What was published with it."),
                    ],
                    errors: [.argument, outside],
                    example: example(#"sys.taskInit(function() assert(sys.waitUntil("IP_READY", 30000)) end)"#)
                ),
                waits: true
            ),
            LuaReference.Function(
                "publish",
                LuaDocumentation(
                    "Publishes a message within the script.",
                    parameters: [topic, more],
                    results: [.init("true", "Always.")],
                    errors: [.argument],
                    example: example(#"sys.subscribe("x", print) sys.publish("x", 1, 2)"#)
                )
            ),
            LuaReference.Function(
                "subscribe",
                LuaDocumentation(
                    "Calls a function for each message of that name. It should not wait.",
                    parameters: [topic, .init("fn", "fun(...)", "Gets what was published with it.")],
                    results: [.init("true", "Always.")],
                    errors: [.argument],
                    example: example(#"sys.subscribe("x", print) sys.publish("x", 1)"#)
                )
            ),
            LuaReference.Function(
                "unsubscribe",
                LuaDocumentation(
                    "Ends a subscription.",
                    parameters: [topic, .init("fn", "fun(...)", "As given to `subscribe`.")],
                    errors: [.argument],
                    example: example(#"sys.subscribe("x", print) sys.unsubscribe("x", print)"#)
                )
            ),
            timer("timerStart", "Calls a function once, later.", "sys.timerStart(print, 10, 1)"),
            timer(
                "timerLoopStart",
                "Calls a function again and again.",
                "local id id = sys.timerLoopStart(function() sys.timerStop(id) end, 10)"
            ),
            stopping("timerStop", "Stops a timer.", results: []),
            LuaReference.Function(
                "timerStopAll",
                LuaDocumentation(
                    "Stops all timers of a function.",
                    parameters: [.init("fn", "fun(...)", "As given to the timers.")],
                    errors: [.argument],
                    example: example("sys.timerLoopStart(print, 10, 1) sys.timerStopAll(print)")
                )
            ),
            stopping(
                "timerIsActive",
                "Tells whether a timer still runs.",
                results: [.init("boolean", "Whether it does.")]
            ),
            LuaReference.Function(
                "run",
                LuaDocumentation(
                    "Runs what was started, until no task, timer or open client is left. The last statement of a script.",
                    errors: [.init(.error, "it runs already; or what a task failed with")],
                    example: example("sys.taskInit(function() sys.wait(10) end)")
                ),
                waits: true
            ),
        ],
        provider: name
    )

    private static func timer(_ name: String, _ summary: String, _ body: String) -> LuaReference.Function {
        LuaReference.Function(
            name,
            LuaDocumentation(
                summary + " One for the same function and arguments is stopped first.",
                parameters: [.init("fn", "fun(...)", "The function."), span("How long until then."), more],
                results: [.init("integer", "Its number, for `timerStop`.")],
                errors: [.argument],
                example: example(body)
            )
        )
    }

    private static func stopping(
        _ name: String,
        _ summary: String,
        results: [LuaDocumentation.Result]
    ) -> LuaReference.Function {
        LuaReference.Function(
            name,
            LuaDocumentation(
                summary,
                parameters: [
                    .init(
                        "timer",
                        "integer|fun(...)",
                        unit: "number of a timer",
                        "Its number; or its function, with its arguments behind."
                    ),
                    more,
                ],
                results: results,
                errors: [.argument],
                example: example("local id = sys.timerStart(print, 10) sys.\(name)(id) sys.timerStopAll(print)")
            )
        )
    }

    static let mqtt = LuaReference.Module(
        "mqtt",
        "MQTT as LuatOS has it, on the module's two clients.",
        functions: [
            LuaReference.Function(
                "create",
                LuaDocumentation(
                    "Makes a client; nothing is sent.",
                    parameters: [
                        .init("adapter", "any", "The network adapter; not used, nil."),
                        .init("host", "string", "Name or address of the broker."),
                        .init("port", "integer", in: 1...65_535, "TCP port."),
                        .init(
                            "ssl",
                            "boolean|table",
                            optional: true,
                            "true: TLS without a look at the certificate; a table with PEM texts: checked.",
                            options: [
                                .init("server_cert", "string", optional: true, "The authority."),
                                .init("client_cert", "string", optional: true, "The client's certificate."),
                                .init("client_key", "string", optional: true, "Its key."),
                                .init("client_password", "string", optional: true, "Not used: keys are not encrypted."),
                                .init(
                                    "verify",
                                    "integer",
                                    optional: true,
                                    in: 0...2,
                                    "Not used: what is given is checked."
                                ),
                            ]
                        ),
                        .init("options", "any", optional: true, "Not used."),
                    ],
                    results: [.init("Mqttc", "The client.")],
                    errors: [.argument],
                    example: #"require "compat.luatos"; local mqttc = mqtt.create(nil, "broker.example", 1883)"#
                )
            )
        ],
        constants: ["STATE_DISCONNECT", "STATE_SCONNECT", "STATE_MQTT", "STATE_READY"].map { name in
            LuaReference.Field(name, "integer", "What `mqttc:state()` may say.")
        },
        classes: [client],
        provider: name
    )

    private static let qos = LuaDocumentation.Parameter(
        "qos",
        "integer",
        default: "0",
        in: 0...2,
        "Quality of service."
    )

    private static let client = LuaReference.Class(
        "Mqttc",
        receiver: "mqttc",
        "A client of LuatOS. What it is asked to do happens in order, and its function is told.",
        functions: [
            method(
                "auth",
                "Says who the client is; before `connect`.",
                [
                    .init("id", "string", "Client identifier."),
                    .init("user", "string", optional: true, "User name."),
                    .init("password", "string", optional: true, "Password."),
                    .init("clean", "boolean", default: "true", "false: the broker keeps the session."),
                ],
                #"mqttc:auth("unit-001", "user", "password")"#
            ),
            method(
                "keepalive",
                "Sets the longest silence; before `connect`.",
                [.init("time", "integer", unit: "s", in: 1...64_800, "240 without it.")],
                "mqttc:keepalive(60)"
            ),
            method(
                "autoreconn",
                "Connects again by itself after a loss, or does not.",
                [.init("enabled", "boolean", "Whether."), span("Pause before it; 3000 at first.", optional: true)],
                "mqttc:autoreconn(true, 3000)"
            ),
            method(
                "will",
                "What the broker publishes when the connection is lost; before `connect`.",
                [.init("topic", "string", "Topic."), .init("payload", "string", "Its payload."), qos],
                #"mqttc:will("units/001/state", "gone", 1)"#
            ),
            method(
                "on",
                "Sets the function that is told: `conack`, `recv` with topic and payload, `sent` with the number of the publish, `disconnect`.",
                [.init("fn", "fun(mqttc: Mqttc, event: string, data: any, payload: any)", "One at a time.")],
                #"mqttc:on(function(client, event, data, payload) log.info("mqtt", event, data, payload) end)"#
            ),
            method(
                "connect",
                "Connects; the function is told `conack`.",
                [],
                #"mqttc:auth("unit-001") mqttc:connect() mqttc:close()"#,
                result: .init("true", "It is tried."),
                errors: [.argument, .init(.error, "both clients of the module are in use")]
            ),
            method(
                "subscribe",
                "Subscribes to a topic filter, or to several: `{ [filter] = qos }`.",
                [.init("filter", "string|table", "The filter."), qos],
                #"mqttc:subscribe("cmd/#", 1)"#,
                result: .init("integer?", "Its number; nil: not connected.")
            ),
            method(
                "unsubscribe",
                "Gives up a topic filter, or a list of them.",
                [.init("filter", "string|table", "The filter.")],
                #"mqttc:unsubscribe("cmd/#")"#,
                result: .init("integer?", "Its number; nil: not connected.")
            ),
            method(
                "publish",
                "Publishes; the function is told `sent` when the broker has it.",
                [
                    .init("topic", "string", "Topic."), .init("payload", "string", "May be empty."), qos,
                    .init("retain", "boolean|integer", default: "false", in: 0...1, "The broker keeps it."),
                ],
                #"mqttc:publish("up/data", "21.5", 1)"#,
                result: .init("integer?", "Its number; nil: not connected.")
            ),
            method(
                "disconnect",
                "Says goodbye to the broker when all that was asked is done.",
                [],
                "mqttc:disconnect()",
                result: .init("boolean", "Whether it was connected.")
            ),
            method(
                "close",
                "Disconnects and gives the client back when all that was asked is done.",
                [],
                "mqttc:close()"
            ),
            method(
                "ready",
                "Tells whether it is connected.",
                [],
                "print(mqttc:ready())",
                result: .init("boolean", "Whether.")
            ),
            method(
                "state",
                "Tells how far the connection is.",
                [],
                "print(mqttc:state() == mqtt.STATE_READY)",
                result: .init("integer", "One of `mqtt.STATE_…`.")
            ),
            method("debug", "Does nothing: the trace of the run has everything.", [], "mqttc:debug()"),
        ]
    )

    private static func method(
        _ name: String,
        _ summary: String,
        _ parameters: [LuaDocumentation.Parameter],
        _ example: String,
        result: LuaDocumentation.Result? = nil,
        errors: [LuaDocumentation.Raised] = [.argument]
    ) -> LuaReference.Function {
        LuaReference.Function(
            name,
            LuaDocumentation(
                summary,
                parameters: parameters,
                results: [result].compactMap { $0 },
                errors: errors,
                example: #"require "compat.luatos"; local mqttc = mqtt.create(nil, "broker.example", 1883); "# + example
            ),
            isMethod: true
        )
    }
}
