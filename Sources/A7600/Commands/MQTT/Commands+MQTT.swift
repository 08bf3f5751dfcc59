extension Commands {
    /// The 17 commands, in the manual's order.
    static let mqtt: [CommandDescription] = [
        mqttStart, mqttStop, mqttAcquire, mqttRelease, mqttBind, mqttWillTopic, mqttWillMessage, mqttConnect,
        mqttDisconnect, mqttTopic, mqttPayload, mqttPublish, mqttSubscribeTopic, mqttSubscribe,
        mqttUnsubscribeTopic, mqttUnsubscribe, mqttConfigure,
    ]
}
