/// Every command the module knows. A new command is one file and one line here.
enum CommandTable {
    static func handler(named name: String) -> CommandHandler? { byName[name] }

    private static let byName = Dictionary(
        uniqueKeysWithValues: (mqtt + tls + general).map { ($0.name, $0) }
    )

    private static let mqtt: [CommandHandler] = [
        MQTTStart.handler,
        MQTTStop.handler,
        MQTTAcquire.handler,
        MQTTRelease.handler,
        MQTTBindContext.handler,
        MQTTWillTopic.handler,
        MQTTWillMessage.handler,
        MQTTConnect.handler,
        MQTTDisconnect.handler,
        MQTTTopic.handler,
        MQTTPayload.handler,
        MQTTPublish.handler,
        MQTTSubscribeTopic.handler,
        MQTTSubscribe.handler,
        MQTTUnsubscribeTopic.handler,
        MQTTUnsubscribe.handler,
        MQTTConfigure.handler,
    ]

    private static let tls: [CommandHandler] = [
        TLSConfigure.handler,
        CertificateDownload.handler,
        CertificateList.handler,
        CertificateDelete.handler,
        CertificateMove.handler,
    ]

    private static let general: [CommandHandler] =
        BasicCommands.handlers + IdentityCommands.handlers + SIMCommands.handlers + RegistrationCommands.handlers
        + ContextCommands.handlers + SocketCommands.handlers + PowerCommands.handlers + PortCommands.handlers
        + ClockCommands.handlers
}
