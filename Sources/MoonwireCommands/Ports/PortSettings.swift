internal import A7600
internal import ModemSimulator
internal import ModemTransports

/// What a port is opened with, checked before anything is opened.
struct PortSettings: Sendable {
    var profile: Profile
    /// Whether somebody chose it; else what a trace says counts more.
    var isProfileChosen = false
    var serial: SerialOptions
    /// What the simulated module is made of, where the address is one.
    var module: ModuleConfiguration
    var brokerPort: Int?
    /// The folder that keeps what the simulated module keeps; nil: it begins empty.
    var state: String?
    /// Options that were given and that a real module does not know, as an operator writes them.
    var simulatorOptions: [String] = []
    /// Options that were given and that only a port with modem control lines has.
    var serialOptions: [String] = []
    var identity = Identity.unchecked
    var powerCycling = PowerCycling.never

    /// Whether DTR may switch the module off and on again when nothing else makes it answer.
    enum PowerCycling: Equatable, Sendable { case never, byDTR }

    /// Whether the module is asked for its IMEI at the beginning, and again after each loss of the port.
    enum Identity: Equatable, Sendable { case checked, unchecked }

    /// What else the seed is for, beside the simulated module.
    enum SeedUse: Equatable, Sendable { case moduleOnly, scriptToo }

    /// - Throws: `CommandFailure` of status `usage` that names the option.
    init(_ options: PortOptions, seed use: SeedUse = .moduleOnly) throws(CommandFailure) {
        let preferences = try Preferences()
        let name = options.profile ?? preferences.value(.profile)?.text
        profile = try Self.profile(named: name ?? "a7600")
        isProfileChosen = name != nil
        let baud = try preferences.baud(unless: options.baud) ?? 115_200
        let flow = try preferences.flow(unless: options.flow) ?? PortOptions.FlowControl.none
        serial = SerialOptions(
            baud: baud,
            flow: flow == .rts ? .rts : .none,
            dtr: options.dtr?.level,
            rts: options.rts?.level
        )
        powerCycling = options.powerCycleDtr ? .byDTR : .never
        if options.dtr != nil { serialOptions.append("--dtr") }
        if options.rts != nil { serialOptions.append("--rts") }
        if options.powerCycleDtr { serialOptions.append("--power-cycle-dtr") }
        guard options.rts == nil || flow == .none else {
            throw CommandFailure(.usage, "--rts and --flow rts exclude each other: flow control sets the line itself")
        }
        module = ModuleConfiguration(profile: profile)
        if let seed = options.seed { module.seed = seed }
        for text in options.fault { module.faults.append(try Self.fault(text)) }
        brokerPort = options.brokerPort.map(Int.init)
        if !options.fault.isEmpty { simulatorOptions.append("--fault") }
        if options.brokerPort != nil { simulatorOptions.append("--broker-port") }
        if options.seed != nil && use == .moduleOnly { simulatorOptions.append("--seed") }
    }

    /// The same settings with the options of a `sim:…` address on top.
    func overridden(by options: [PortAddress.Option]) throws(CommandFailure) -> PortSettings {
        var settings = self
        for option in options {
            try settings.apply(option)
        }
        return settings
    }

    private mutating func apply(_ option: PortAddress.Option) throws(CommandFailure) {
        func expected(_ what: String) -> CommandFailure {
            CommandFailure(.usage, "sim:\(option.name)=\(option.value): \(what) expected")
        }
        switch option.name {
        case "profile":
            let pace = module.profile.pace
            profile = try Self.profile(named: option.value)
            module.profile = profile
            module.profile.pace = pace
        case "seed":
            guard let seed = UInt64(option.value) else { throw expected("a number") }
            module.seed = seed
        case "imei":
            guard option.value.utf8.count == 15, option.value.allSatisfy(\.isNumber) else {
                throw expected("15 digits")
            }
            module.imei = option.value
        case "boot":
            guard let start = ModuleConfiguration.Start(rawValue: option.value) else {
                throw expected("booted or cold")
            }
            module.start = start
        case "clock":
            guard let clock = ModuleConfiguration.Clock(rawValue: option.value) else { throw expected("set or unset") }
            module.clock = clock
        case "fault":
            module.faults.append(try Self.fault(option.value))
        case "speed":
            guard let speed = Int(option.value), (300...3_686_400).contains(speed) else {
                throw expected("300 to 3686400 bits per second")
            }
            module.faults.append(Fault(.speed(speed)))
        case "pace":
            guard let pace = Profile.Pace(rawValue: option.value) else { throw expected("fast or real") }
            module.profile.pace = pace
        case "state":
            guard !option.value.isEmpty else { throw expected("a folder") }
            state = option.value
        default:
            throw CommandFailure(
                .usage,
                "sim:\(option.name): unknown; there are profile, seed, imei, boot, clock, fault, speed, pace and state"
            )
        }
    }

    /// Bits per second of the line from its beginning on: what a fault makes of it, else what the port is set to.
    var lineSpeed: Int? {
        for fault in module.faults.reversed() {
            if case .speed(let speed) = fault.kind, fault.place == Fault.Place() { return speed }
        }
        return serial.baud
    }

    static func profile(named name: String) throws(CommandFailure) -> Profile {
        guard let profile = Profile(name: name) else {
            throw CommandFailure(
                .usage,
                "no profile \"\(name)\"; there are \(Profile.allNames.joined(separator: ", "))"
            )
        }
        return profile
    }

    static func fault(_ text: String) throws(CommandFailure) -> Fault {
        do {
            return try Fault(parsing: text)
        } catch {
            throw CommandFailure(.usage, "\(error)")
        }
    }
}

extension PortOptions.SignalLevel {
    fileprivate var level: SerialOptions.SignalLevel {
        switch self {
        case .on: .on
        case .off: .off
        }
    }
}

extension Preferences {
    fileprivate func baud(unless given: Int?) throws(CommandFailure) -> Int? {
        guard given == nil, let value = value(.baud) else { return given }
        guard let rate = Int(value.text), rate > 0 else {
            throw CommandFailure(.usage, "\(value.origin): baud is \(value.text); a number such as 115200 expected")
        }
        return rate
    }

    fileprivate func flow(
        unless given: PortOptions.FlowControl?
    ) throws(CommandFailure) -> PortOptions.FlowControl? {
        guard given == nil, let value = value(.flow) else { return given }
        guard let flow = PortOptions.FlowControl(rawValue: value.text) else {
            throw CommandFailure(.usage, "\(value.origin): flow is \(value.text); none or rts expected")
        }
        return flow
    }
}
