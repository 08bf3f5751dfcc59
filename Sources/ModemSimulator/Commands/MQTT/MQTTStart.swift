import A7600

/// `AT+CMQTTSTART` (`a7600.md` 2.1).
enum MQTTStart {
    static let handler = CommandHandler("+CMQTTSTART", service: .mqttControl, joining: .refused, execute: execute)

    private static func execute(_ module: inout ModuleState) throws(Refusal) -> Answer {
        if module.mqtt.isStarted || module.mqtt.transition != nil {
            return try module.profile.startedTwice.given()
        }
        let pending = module.pending(
            "+CMQTTSTART: ",
            success: module.profile.startOrder,
            failure: module.profile.startFail
        )
        module.mqtt.transition = pending.ticket
        module.after(module.pause(.milliseconds(400)), pending.ticket) { finish(&$0, pending) }
        return .result(pending)
    }

    private static func finish(_ module: inout ModuleState, _ pending: PendingResult) {
        module.mqtt.transition = nil
        guard pending.forced ?? 0 == 0, module.radio.isRegistered, module.radio.contexts[1] != nil else {
            return module.complete(pending.ticket, .networkOpenFailed)
        }
        module.radio.activeContexts.insert(1)
        module.mqtt.isStarted = true
        module.complete(pending.ticket, .succeeded)
    }
}

extension Profile.StateAnswer {
    /// The answer to START or STOP in a state where they have nothing to do.
    func given() throws(Refusal) -> Answer {
        switch self {
        case .ok: return .ok
        case .error: throw .error
        case .result(let code): throw .result(code, client: nil)
        }
    }
}

extension ModuleState {
    /// Does this behind the answer, or after the pause that real pace makes.
    mutating func after(_ pause: Duration, _ ticket: Ticket, _ action: @escaping Agenda.Deferred) {
        if pause > .zero { later(pause, ticket: ticket, action) } else { action(&self) }
    }
}
