import A7600
import ATProtocol

/// Boot, restart and switching off.
extension SimulatedA7600 {
    enum BootStep: Sendable {
        /// Commands are answered from here on.
        case alive(String)
        case simReady
        case line(String)
        case registered
    }

    mutating func goDown(_ kind: RestartKind) {
        let wasOpen = module.sockets.isOpen
        let connected = module.mqtt.clients.indices.filter { module.mqtt.clients[$0].link != .down }
        var farewell: [String] = []
        switch kind {
        case .reset where module.profile.resetUrcs && module.mqtt.isStarted:
            if wasOpen { farewell.append("+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY") }
            farewell += connected.map { "+CMQTTCONNLOST: \($0),3" } + ["+CMQTTNONET"]
        case .reset: break
        case .powerOff: farewell.append("+CGEV: ME DETACH")
        }
        for line in farewell { output("\r\n\(line)\r\n") }
        forget(connected)
        if kind == .reset { planBoot() }
    }

    /// Everything but files and saved settings is gone, at once.
    private mutating func forget(_ connected: [Int]) {
        for client in connected { emit(.request(.abandon(client: client))) }
        module.reset()
        module.radio.hasSearched = false
        mode = .down
        input.clear()
        typeAhead = []
        deferred = []
        module.agenda.remove {
            switch $0 {
            case .execute, .prompt, .complete, .boot, .typing, .echo: true
            case .module, .output, .input, .fault: false
            }
        }
    }

    mutating func planBoot() {
        module.radio.sim = module.radio.card == .absent ? .absent : .starting
        var steps: [(Duration, BootStep)] = []
        let isReal = module.profile.pace == .real
        func add(_ fast: Int, _ real: Int, _ step: BootStep) {
            steps.append((.milliseconds(isReal ? real : fast), step))
        }
        switch module.profile.bootFamily {
        case .atReady: add(10, 5000, .alive("*ATREADY: 1"))
        case .rdy: add(10, 5000, .alive("RDY"))
        }
        add(20, 7600, .simReady)
        if module.radio.card == .ready {
            if module.profile.bootFamily == .atReady { add(25, 8200, .line("+CGEV: EPS PDN ACT 1")) }
            if module.profile.smsDone { add(30, 8600, .line("SMS DONE")) }
        }
        add(40, 9500, .line("PB DONE"))
        add(50, 15_000, .registered)
        bootSteps = steps.map(\.1)[...]
        for (delay, _) in steps { module.agenda.add(.boot, at: module.now + delay) }
    }

    mutating func takeBootStep() {
        switch bootSteps.popFirst() {
        case .alive(let line):
            mode = .command
            if module.profile.nulBeforeBoot { output([0, 0]) }
            module.urc(line)
        case .simReady:
            module.radio.sim = Radio.insertedSIM(module.radio.card)
            switch module.radio.sim {
            case .ready: module.urc("+CPIN: READY")
            case .pinRequired: module.urc("+CPIN: SIM PIN")
            case .pukRequired: module.urc("+CPIN: SIM PUK")
            case .absent, .starting: module.urc("+CPIN: SIM REMOVED")
            }
        case .line(let line): module.urc(line)
        case .registered:
            module.changeRegistration { $0.hasSearched = true }
        case nil: break
        }
    }
}
