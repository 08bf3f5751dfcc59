import A7600

/// `AT+CMQTTSTOP` (`a7600.md` 2.2).
enum MQTTStop {
    static let handler = CommandHandler("+CMQTTSTOP", service: .mqttControl, joining: .refused, execute: execute)

    private static func execute(_ module: inout ModuleState) throws(Refusal) -> Answer {
        guard module.mqtt.isStarted, module.mqtt.transition == nil else {
            return try module.profile.stopNotRunning.given()
        }
        let pending = module.pending(
            "+CMQTTSTOP: ",
            success: module.profile.stopOrder,
            failure: module.profile.stopFail
        )
        guard !module.mqtt.clients.contains(where: \.blocksStop) else {
            module.complete(pending.ticket, .clientNotReleased)
            return .result(pending)
        }
        module.mqtt.transition = pending.ticket
        module.after(module.pause(.milliseconds(200)), pending.ticket) {
            $0.mqtt.transition = nil
            if pending.forced ?? 0 == 0 { $0.mqtt = MQTTService() }
            $0.complete(pending.ticket, .succeeded)
        }
        return .result(pending)
    }
}

extension MQTTClient {
    /// With `argtopic` a client that is not connected need not be released.
    fileprivate var blocksStop: Bool {
        isAcquired && !(topicsAreArguments && link == .down && request == nil)
    }
}
