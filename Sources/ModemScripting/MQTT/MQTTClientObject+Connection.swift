import A7600
import ATProtocol
import LuaRuntime
import Synchronization

extension MQTTClientObject {
    static let connect = LuaFunction.flow(
        "connect",
        LuaDocumentation(
            "Connects the client to a broker. With a TLS context, binds it anew each time.",
            parameters: [
                .fields([
                    .init("host", "string", "Name or address of the broker."),
                    .init("port", "integer", default: "1883, with TLS 8883", in: 1...65_535, "TCP port."),
                    .init("keepalive", "integer", unit: "s", default: "60", in: 1...64_800, "Longest silence."),
                    .init("clean", "boolean", default: "true", "false: the broker keeps subscriptions and messages."),
                    .init("user", "string|secret", unit: "bytes", optional: true, in: 1...256, "User name."),
                    .init("password", "string|secret", unit: "bytes", optional: true, in: 1...256, "Needs a user."),
                    .timeout("Total.", default: "140, with TLS 440"),
                ])
            ],
            results: [.init("number", "Seconds it took.")],
            errors: LuaDocumentation.Raised.request,
            example: #"client:connect{ host = "broker.example", port = 8883, keepalive = 60 }"#
        ),
        { call throws(LuaFailure) in
            let client = try call.mqttClient()
            _ = try call.arguments.table(0)
            let request = try ConnectRequest(call.arguments, client: client)
            return FlowStart(
                link: client.link,
                timeout: request.timeout,
                gates: client.gates,
                parameters: request
            )
        },
        { flow, request in try await request.run(flow) }
    )

    static let disconnect = LuaFunction.flow(
        "disconnect",
        LuaDocumentation(
            "Says goodbye to the broker; the will is not sent. A client that is not connected is left as it is.",
            parameters: [.options([.timeout("The module's own limit and the call's.", default: "60")])],
            errors: LuaDocumentation.Raised.request,
            example: #"client:disconnect{ timeout = 60 }"#
        ),
        { call throws(LuaFailure) in
            let client = try call.mqttClient()
            let timeout = try call.arguments.options(0, known: ["timeout"]).duration("timeout") ?? .seconds(60)
            let command = try Flow.disconnectCommand(client.index, timeout: timeout, link: client.link)
            return FlowStart(
                link: client.link,
                timeout: timeout + .seconds(20),
                gates: client.gates,
                parameters: (client: client, command: command)
            )
        },
        { flow, request in
            .lastOr(request.command) { _ in
                request.client.disconnected()
                return []
            } recover: { failure in
                guard Flow.isDisconnected(failure) else { throw flow.link.failure(failure) }
                request.client.disconnected()
                return []
            }
        }
    )

    static let release = LuaFunction.flow(
        "release",
        LuaDocumentation(
            "Gives the client back; it has to be disconnected. The service goes on for the other one.",
            parameters: [.options([.timeout(default: "30")])],
            errors: LuaDocumentation.Raised.request,
            example: #"client:disconnect(); client:release()"#
        ),
        { call throws(LuaFailure) in
            let client = try call.mqttClient()
            let timeout = try call.arguments.options(0, known: ["timeout"]).duration("timeout") ?? .seconds(30)
            return FlowStart(
                link: client.link,
                timeout: timeout,
                gates: [.service, .client(client.index)],
                parameters: client
            )
        },
        { flow, client in
            try await flow.releaseClient(client.index)
            client.released()
            return .values([])
        }
    )

    /// `<close>`: DISC, REL, and STOP for the last client. A connection that is gone already is no error here.
    static let close = LuaFunction.flow(
        "close",
        LuaDocumentation(
            "Disconnects and releases the client, and stops the service when it was the last one.",
            errors: [.timeout, .mqtt],
            example: #"do local client <close> = modem.mqtt:client{ id = "unit-001" } end"#
        ),
        { call throws(LuaFailure) in
            let client = try call.receiver(as: MQTTClientObject.self)
            return FlowStart(
                link: client.link,
                timeout: .seconds(100),
                gates: [.service, .client0, .client1],
                parameters: client
            )
        },
        { flow, client in
            do throws(LuaFailure) {
                try await client.takeDown(flow)
            } catch {
                guard error.kind == .closed || error.kind == .lost else { throw error }
                flow.call.host.log(LuaLogRecord(.warning, "MQTT client \(client.index): \(error.message)"))
            }
            return .values([])
        }
    )

    /// DISC and REL. A request whose call was cancelled goes on in the module, and may connect the client meanwhile:
    /// until then the module is asked again.
    private func giveBack(_ flow: Flow) async throws(LuaFailure) {
        var isConnected = state.withLock { $0.isConnected }
        while true {
            do throws(LuaFailure) {
                if isConnected { try await flow.disconnectClient(index, timeout: .seconds(60)) }
                if link.module.withLock({ $0.service }) != .stopped { try await flow.releaseClient(index) }
                return
            } catch {
                let codes: [ResultCode] = [.clientBusy, .clientIsUsed]
                guard let code = error.code, codes.contains(where: { Int64($0.rawValue) == code }) else { throw error }
                guard let left = flow.left, left > .seconds(1) else { throw error }
            }
            try await flow.pause(.milliseconds(100))
            isConnected = try await flow.connectedClients().contains(index)
        }
    }

    private func takeDown(_ flow: Flow) async throws(LuaFailure) {
        let wasReleased = state.withLock { $0.isReleased }
        if !wasReleased {
            try await giveBack(flow)
            disconnected()
            released()
        }
        let isLast = link.module.withLock { knowledge in
            knowledge.service == .started && knowledge.clients.allSatisfy { !$0.isAcquired }
        }
        guard isLast else { return }
        do throws(LuaFailure) {
            try await flow.stopService()
        } catch {
            // Somebody else's client, left from an earlier run, needs the service.
            guard error.code == Int64(ResultCode.clientNotReleased.rawValue) else { throw error }
        }
    }
}
