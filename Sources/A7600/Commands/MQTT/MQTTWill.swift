public import ATProtocol

// MQTT manual 2.1.6 and 2.1.7: the will of the next connection.
extension Commands {
    static let mqttWillTopic = CommandDescription(
        "+CMQTTWILLTOPIC",
        "enter the topic of the will",
        [
            Form(.test, answer: .test("+CMQTTWILLTOPIC")),
            Form(.write, [.client, .topicLength], data: DataPart(lengthParameter: "length", rule: .topic)) {
                arguments,
                _ in
                .mqttInput("+CMQTTWILLTOPIC", arguments)
            },
        ]
    )

    static let mqttWillMessage = CommandDescription(
        "+CMQTTWILLMSG",
        "enter the message of the will; it is never retained",
        [
            Form(.test, answer: .test("+CMQTTWILLMSG")),
            Form(.write, [.client, .topicLength, .qos], data: DataPart(lengthParameter: "length", rule: .text)) {
                arguments,
                _ in
                .mqttInput("+CMQTTWILLMSG", arguments)
            },
        ]
    )

    /// - Parameter topic: 1 to 1024 bytes, no wildcards.
    public func mqttWillTopic(
        client: Int,
        topic: [UInt8],
        utf8: DataPart.UTF8Check = .required
    ) throws(ArgumentFault) -> Command {
        try build(
            Self.mqttWillTopic,
            .write,
            [.integer(client), .integer(topic.count)],
            data: topic,
            utf8: utf8
        )
    }

    /// - Parameter message: 1 to 1024 bytes: the module takes no empty one.
    public func mqttWillMessage(
        client: Int,
        message: [UInt8],
        qos: Int,
        utf8: DataPart.UTF8Check = .required
    ) throws(ArgumentFault) -> Command {
        try build(
            Self.mqttWillMessage,
            .write,
            [.integer(client), .integer(message.count), .integer(qos)],
            data: message,
            utf8: utf8
        )
    }
}
