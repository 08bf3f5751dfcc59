import A7600
import ATProtocol

/// What faults do to the whole module.
extension SimulatedA7600 {
    /// How long a port is gone when nothing is said.
    private static let standardAbsence = Duration.seconds(2)

    mutating func enter(_ fault: Fault, at now: Moment) {
        let index = faults.add(fault, at: now)
        if case .chunk = fault.kind { transmitter.isChunked = true }
        guard fault.kind.isOfMoments, fault.place.command == nil, !fault.place.isInFrame else { return }
        module.agenda.add(.fault(.begin(index)), at: now + fault.place.after)
    }

    mutating func keep(_ appointment: FaultEngine.Appointment) {
        switch appointment {
        case .begin(let index):
            guard faults.takesPlace(index, at: module.now) else { return }
            if let again = faults.next(index, after: module.now) { module.agenda.add(.fault(.begin(index)), at: again) }
            strike(index)
        case .end(let index): recover(from: faults[index].kind)
        }
    }

    /// The fault happens now.
    mutating func strike(_ index: Int) {
        let fault = faults[index]
        var lasting = fault.place.lasting
        switch fault.kind {
        case .reboot: goDown(.reset)
        case .vanish:
            lasting = lasting ?? Self.standardAbsence
            vanish()
        case .detach: module.changeRegistration { $0.hasCoverage = false }
        case .noSIM:
            module.changeRegistration { $0.sim = .absent }
            module.urc("+CPIN: SIM REMOVED")
        case .brokerGone: loseBroker()
        case .clock1970: module.clock = .unset(at: module.now)
        case .storeFull: module.isStoreFull = true
        case .urcStorm(let count): storm(count)
        case .busyWhileReceiving: module.profile.busyDuringRx = true
        case .speed(let baud): setSpeed(baud)
        case .mute, .noAnswer, .delay, .lateEcho, .promptStall, .promptLost, .error, .cme, .result, .lostResult,
            .dropByte, .duplicateByte, .garble, .nul, .wrongBaud, .chunk:
            preconditionFailure("faults of commands and bytes are decided where these pass")
        }
        if let lasting { module.agenda.add(.fault(.end(index)), at: module.now + lasting) }
    }

    /// Ends all faults now; what they had taken away is there again.
    mutating func endFaults() {
        for kind in faults.endAll(at: module.now) { recover(from: kind) }
    }

    private mutating func recover(from kind: Fault.Kind) {
        switch kind {
        case .vanish:
            isPortPresent = true
            emit(.port(.returned))
        case .detach: module.changeRegistration { $0.hasCoverage = true }
        case .noSIM:
            module.changeRegistration { $0.sim = Radio.insertedSIM($0.card) }
            if module.radio.sim == .ready { module.urc("+CPIN: READY") }
        case .brokerGone: isBrokerGone = false
        case .storeFull: module.isStoreFull = false
        case .busyWhileReceiving: module.profile.busyDuringRx = module.configuration.profile.busyDuringRx
        case .speed: setSpeed(nil)
        case .reboot, .clock1970, .urcStorm, .mute, .noAnswer, .delay, .lateEcho, .promptStall, .promptLost, .error,
            .cme, .result, .lostResult, .dropByte, .duplicateByte, .garble, .nul, .wrongBaud, .chunk:
            break
        }
    }

    /// Of both directions.
    private mutating func setSpeed(_ baud: Int?) {
        transmitter.baud = baud
        receiver.baud = baud
    }

    private mutating func vanish() {
        transmitter.clear()
        receiver.removeAll()
        isPortPresent = false
        emit(.port(.vanished))
    }

    private mutating func loseBroker() {
        isBrokerGone = true
        for index in module.mqtt.clients.indices where module.mqtt.clients[index].link != .down {
            module.request(.abandon(client: index))
            switch module.mqtt.clients[index].link {
            case .connecting: module.handle(.connectFailed(client: index, .noConnection))
            case .up, .disconnecting: module.handle(.lost(client: index, .closedByPeer))
            case .down: break
            }
        }
    }

    /// One line a millisecond, numbered from 0.
    private mutating func storm(_ count: Int) {
        for number in 0..<count {
            module.agenda.add(
                .module(nil) { $0.urc("+STORM: \(number)") },
                at: module.now + .milliseconds(number)
            )
        }
    }
}
