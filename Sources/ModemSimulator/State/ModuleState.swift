package import A7600
import ATProtocol

/// Everything a command can read or change. Handlers change it and leave what has to happen outside in `effects`.
package struct ModuleState: Sendable {
    let configuration: ModuleConfiguration
    package internal(set) var profile: Profile
    /// The moment of the input that is being worked on.
    var now: Moment
    /// The first moment; the network's time counts from it.
    let origin: Moment
    var terminal: Terminal
    var clock: ModuleClock
    var radio: Radio
    var sockets = SocketService()
    var files: FileStore
    var settings: [String: String]
    var tls = [TLSContext](repeating: TLSContext(), count: 10)
    var mqtt = MQTTService()
    var agenda = Agenda()
    /// Until when the last received message takes the line, at the rate of the port.
    var streamsUntil: Moment
    /// A fault: the certificate store takes no more files.
    var isStoreFull = false
    /// Results that are still owed.
    var openResults: [Ticket: PendingResult] = [:]
    /// A fault: the code that the command being carried out ends with.
    var forcedResult: Int?
    /// Results that a fault makes disappear.
    var lostResults: Set<Ticket> = []
    /// Changes that must be durable before the answer is sent.
    var changes: [StoreChange] = []
    /// What happens behind the answer, in this order.
    var effects: [Effect] = []
    private var lastTicket: UInt64 = 0

    enum Effect: Sendable {
        case request(UplinkRequest)
        /// A whole unsolicited line, without line ends.
        case urc([UInt8])
        /// A received message as it stands on the line.
        case block([UInt8])
        /// The outcome of an operation: the code of its result line.
        case complete(Ticket, Int)
        case restart
    }

    init(configuration: ModuleConfiguration, at now: Moment) {
        self.configuration = configuration
        profile = configuration.profile
        self.now = now
        origin = now
        streamsUntil = now
        let baud = configuration.settings["IPREX"].flatMap { Int($0) } ?? 115_200
        terminal = Terminal(cmee: configuration.profile.cmeeBoot, baud: baud)
        clock = ModuleClock(configuration: configuration, at: now)
        settings = configuration.settings
        radio = Radio(configuration: configuration)
        files = FileStore(certificates: configuration.certificates, root: configuration.rootFiles)
    }

    mutating func makeTicket() -> Ticket {
        lastTicket += 1
        return Ticket(number: lastTicket)
    }

    mutating func urc(_ line: String) {
        effects.append(.urc(Array(line.utf8)))
    }

    mutating func request(_ request: UplinkRequest) {
        effects.append(.request(request))
    }

    mutating func complete(_ ticket: Ticket, _ code: ResultCode) {
        effects.append(.complete(ticket, code.rawValue))
    }

    /// Announces an operation whose result is reported by `complete`.
    mutating func pending(
        _ prefix: String,
        success: Profile.SuccessOrder = .okThenResult,
        failure: Profile.FailureOrder = .okThenResult
    ) -> PendingResult {
        PendingResult(
            ticket: makeTicket(),
            prefix: prefix,
            success: success,
            failure: failure,
            forced: forcedResult
        )
    }

    /// Saves a setting that survives a restart.
    mutating func save(_ name: String, _ value: String) {
        settings[name] = value
        changes.append(.setting(name: name, value: value))
    }

    /// The pause before a result at real pace; none at fast pace.
    func pause(_ real: Duration) -> Duration {
        profile.pace == .real ? real : .zero
    }

    /// What a restart forgets: everything but files and saved settings.
    mutating func reset() {
        let nowTime = clock.time(at: now)
        terminal = Terminal(cmee: profile.cmeeBoot, baud: terminal.savedBaud)
        radio = Radio(configuration: configuration)
        radio.restore(from: settings)
        clock = clock.isSet ? ModuleClock(unix: nowTime, at: now, zone: clock.zone) : ModuleClock.unset(at: now)
        sockets = SocketService()
        tls = [TLSContext](repeating: TLSContext(), count: 10)
        mqtt = MQTTService()
        agenda.removeModuleTasks()
        openResults = [:]
        lostResults = []
        effects = []
    }
}
