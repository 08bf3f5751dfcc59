import A7600

/// Gaining and losing the network.
extension ModuleState {
    /// Changes the radio and reports what follows from it: registration, and the end of MQTT when data are gone.
    mutating func changeRegistration(_ change: (inout Radio) -> Void) {
        let hadData = radio.hasData
        let oldState = radio.registrationState
        change(&radio)
        if radio.registrationState != oldState {
            for name in ["+CREG", "+CGREG", "+CEREG"] {
                guard let mode = radio.reportModes[name], mode > 0 else { continue }
                urc("\(name): \(registrationFields(name, mode: mode))")
            }
        }
        if hadData, !radio.hasData { loseNetwork() }
    }

    /// `<stat>`, with area and cell from mode 2 on.
    func registrationFields(_ name: String, mode: Int) -> String {
        let stat = radio.registrationState
        guard mode >= 2, radio.isRegistered else { return "\(stat)" }
        return "\(stat),\"0001\",\"00000001\",7"
    }

    /// CONNLOST 3 for each connected client, then NONET; the service is stopped.
    private mutating func loseNetwork() {
        sockets.isOpen = false
        guard mqtt.isStarted else { return }
        for index in mqtt.clients.indices { lose(index, cause: 3, code: .networkNotOpened) }
        if profile.nonetUrc { urc("+CMQTTNONET") }
        mqtt = MQTTService()
    }
}
