import A7600
import ATProtocol
import LuaRuntime

extension MQTTClientObject {
    static let publish = LuaFunction.flow(
        "publish",
        LuaDocumentation(
            "Publishes a message and waits until the module has its acknowledgement.",
            parameters: [
                .init("topic", "string", unit: "bytes", in: 1...1024, "Topic without wildcards."),
                .init("payload", "string|secret", unit: "bytes", in: 0...10_240, "May be empty."),
                .options([
                    .init(
                        "qos",
                        "integer",
                        default: "0",
                        in: 0...2,
                        "0: sent, 1: PUBACK has come, 2: PUBCOMP has come."
                    ),
                    .init("retain", "boolean", default: "false", "The broker keeps it for later subscribers."),
                    .timeout("Total; a publish that timed out may have happened.", default: "60"),
                ]),
            ],
            results: [.init("PublishAck", "`elapsed` in s, `bytes`, `qos`.")],
            errors: LuaDocumentation.Raised.request,
            example: #"local ack = client:publish("up/data", "21.5", { qos = 1 }); print(ack.elapsed)"#
        ),
        { call throws(LuaFailure) in
            let client = try call.mqttClient()
            let request = try PublishRequest(call.arguments, client: client)
            return FlowStart(
                link: client.link,
                timeout: request.timeout,
                gates: client.gates,
                parameters: request
            )
        },
        { flow, request in
            for command in request.inputs {
                try await flow.send(command)
            }
            return .lastOr(request.publish) { _ in
                let elapsed = flow.elapsed
                flow.note(request.note(elapsed))
                return [
                    .record([
                        "elapsed": .number(Seconds.of(elapsed)), "bytes": .integer(request.bytes),
                        "qos": .integer(request.qos),
                    ])
                ]
            } recover: { failure in
                throw request.failure(flow.link.failure(failure), failure.code)
            }
        }
    )
}

/// The arguments of `publish`, as commands.
struct PublishRequest: Sendable {
    /// TOPIC, and PAYLOAD unless it is empty.
    let inputs: [Command]
    let publish: Command
    let bytes: Int
    let qos: Int
    let timeout: Duration

    init(_ arguments: LuaArguments, client: MQTTClientObject) throws(LuaFailure) {
        let topic = try arguments.bytes(0)
        let payload = try arguments.scriptBytes(1)
        let options = try arguments.options(2, known: ["qos", "retain", "timeout"])
        qos = Int(try options.integer("qos", in: 0...2) ?? 0)
        let retain = try options.boolean("retain") ?? false
        timeout = try options.duration("timeout") ?? .seconds(60)
        bytes = payload.bytes.count
        let range = client.link.profile.pubTimeout.seconds
        let seconds = min(max(Seconds.ceiling(timeout), range.lowerBound), range.upperBound)
        let (index, utf8, level) = (client.index, client.request.utf8, qos)
        let link = client.link
        var inputs = [
            try link.make { commands throws(ArgumentFault) in
                try commands.mqttTopic(client: index, topic: topic, utf8: utf8)
            }
        ]
        if !payload.bytes.isEmpty {
            let check = link.profile.utf8Payload ? utf8 : .off
            inputs.append(
                try link.make { commands throws(ArgumentFault) in
                    try commands.mqttPayload(client: index, payload: payload.bytes, utf8: check)
                }.hiding(line: false, data: payload.isSecret)
            )
        }
        self.inputs = inputs
        publish = try link.make { commands throws(ArgumentFault) in
            try commands.mqttPublish(client: index, qos: level, timeout: seconds, retained: retain ? true : nil)
        }
    }

    /// For the step it happens in.
    func note(_ elapsed: Duration) -> String {
        let verb = qos == 0 ? "sent" : "acknowledged"
        return "\(bytes) B qos \(qos) \(verb) in \(Seconds.shown(elapsed)) s"
    }

    /// Whether the message reached the broker cannot be known after a timeout or a loss.
    func failure(_ failure: LuaFailure, _ code: ATFailure.Code) -> LuaFailure {
        let isUnknown: Bool
        switch code {
        case .timeout, .lost, .cancelled, .closed, .protocolFault: isUnknown = true
        case .result(_, let code):
            let codes: [ResultCode] = [.messageReceiveFailed, .socketSendingFailed, .timeout]
            isUnknown = codes.contains(ResultCode(rawValue: code))
        case .error, .cme, .cms, .prompt, .argument: isUnknown = false
        }
        guard isUnknown else { return failure }
        var explained = failure
        explained.message += "; whether the message was published is unknown"
        explained.extra["outcome"] = "unknown"
        return explained
    }
}
