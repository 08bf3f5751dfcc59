import LuaRuntime
import Synchronization

/// `modem.mqtt`: the MQTT service of the module.
final class MQTTObject: LuaObject {
    let link: ModemLink

    init(link: ModemLink) {
        self.link = link
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "MQTT",
        "The MQTT service of the module: two clients.",
        receiver: "modem.mqtt",
        methods: [client, state, reset]
    )

    private static let client = LuaFunction.flow(
        "client",
        LuaDocumentation(
            "Acquires a client: starts the service when needed, adopts or clears what an earlier run has left.",
            parameters: [
                .fields([
                    .init("index", "integer", default: "0", in: 0...1, "Which of the two."),
                    .init("id", "string", unit: "bytes", in: 1...128, "Client identifier, unique at the broker."),
                    .init("tls", "TLSContext", optional: true, "From `modem.tls:context(n)`; nil: plain TCP."),
                    .init(
                        "will",
                        "table",
                        optional: true,
                        "Published by the broker when the connection is lost.",
                        options: [
                            .init("topic", "string", unit: "bytes", in: 1...1024, "Topic."),
                            .init(
                                "payload",
                                "string|secret",
                                unit: "bytes",
                                in: 1...1024,
                                "The module takes no empty one."
                            ),
                            .init("qos", "integer", default: "0", in: 0...2, "Quality of service."),
                        ]
                    ),
                    .init("check_utf8", "boolean", default: "true", "false: topics and payloads may be any bytes."),
                    .init(
                        "operation_timeout",
                        "integer",
                        unit: "s",
                        default: "120",
                        in: 20...120,
                        "The module's own limit."
                    ),
                    .init(
                        "version",
                        "integer",
                        default: "4 where the firmware can",
                        in: 3...4,
                        "3 for MQTT 3.1, 4 for 3.1.1."
                    ),
                    .timeout("Total.", default: "that of its commands"),
                ])
            ],
            results: [.init("MQTTClient", "Not connected yet.")],
            errors: LuaDocumentation.Raised.request,
            example: #"local client <close> = modem.mqtt:client{ id = "unit-001" }"#
        ),
        ClientRequest.start,
        ClientRequest.run
    )

    private static let state = LuaFunction.flow(
        "state",
        LuaDocumentation(
            "Asks the module what it holds.",
            parameters: [.options([.timeout(default: "20")])],
            results: [
                .init(
                    "MQTTState",
                    #"`service` "started" or "stopped"; `clients`: a list of `index id type connected` of those acquired."#
                )
            ],
            errors: LuaDocumentation.Raised.request,
            example: #"print(modem.mqtt:state().service)"#
        ),
        plain
    ) { flow, _ in
        .values([.table((try await ServiceState(flow)).table)])
    }

    private static let reset = LuaFunction.flow(
        "reset",
        LuaDocumentation(
            "Clears what the module still holds of an earlier run: disconnects and releases clients, stops the service.",
            parameters: [.options([.timeout(default: "120")])],
            results: [.init("string[]", "What was done, in words; empty when there was nothing to do.")],
            errors: LuaDocumentation.Raised.request,
            example: #"modem.mqtt:reset()"#
        )
    ) { call throws(LuaFailure) in
        let options = try call.arguments.options(0, known: ["timeout"])
        return FlowStart(
            link: try call.receiver(as: MQTTObject.self).link,
            timeout: try options.duration("timeout") ?? .seconds(120),
            gates: [.service, .client0, .client1],
            parameters: ()
        )
    } _: { flow, _ in
        var done: [String] = []
        let found = try await ServiceState(flow)
        for client in found.clients {
            if client.isConnected {
                try await flow.disconnectClient(client.index, timeout: .seconds(60))
                done.append("disconnected client \(client.index)")
            }
            try await flow.releaseClient(client.index)
            done.append("released client \(client.index) \"\(String(decoding: client.id, as: UTF8.self))\"")
        }
        if found.service == .started {
            if try await flow.stopService() {
                done.append("stopped the service")
            } else if try await ServiceState(flow).service == .started {
                throw stillRunning
            }
        }
        return .values([.list(done.map { .text($0) })])
    }

    /// The module refused to stop the service, and not because it was stopped already.
    private static var stillRunning: LuaFailure {
        var failure = LuaFailure(
            .error,
            "AT+CMQTTSTOP: ERROR, and the service still runs",
            hint: "call reset again, or modem:restart()"
        )
        failure.command = "AT+CMQTTSTOP"
        return failure
    }

    private static let plain: @Sendable (LuaCall) throws(LuaFailure) -> FlowStart<Void> = {
        call throws(LuaFailure) in
        let options = try call.arguments.options(0, known: ["timeout"])
        return FlowStart(
            link: try call.receiver(as: MQTTObject.self).link,
            timeout: try options.duration("timeout") ?? .seconds(20),
            parameters: ()
        )
    }
}
