/// SIM, registration and PDP contexts.
struct Radio: Sendable {
    enum SIM: Equatable, Sendable {
        case starting
        case ready
        case absent
        case pinRequired(String, attempts: Int)
        case pukRequired
    }

    struct PDPContext: Equatable, Sendable {
        var type: String
        var apn: String
    }

    var sim: SIM
    /// What `sim` becomes when the SIM has started.
    let card: ModuleConfiguration.SIMCard
    /// `AT+CFUN`: 0 minimum, 1 full, 4 flight, 5–8 tests.
    var functionality = 1
    /// Whether a network can be reached at all; a fault turns it off.
    var hasCoverage = true
    /// Registration takes place: booted, SIM ready, full functionality.
    var hasSearched = true
    var isAttached = true
    var signal = (strength: 23, errorRate: 0)
    /// Report modes of CREG, CGREG and CEREG, by command name.
    var reportModes: [String: Int] = [:]
    var contexts: [Int: PDPContext] = [1: PDPContext(type: "IP", apn: "iot")]
    var activeContexts: Set<Int> = [1]
    let identity: Identity

    /// What the module and its SIM are called.
    struct Identity: Sendable {
        var imei: String
        var imsi: String
        var iccid: String
    }

    init(configuration: ModuleConfiguration) {
        card = configuration.sim
        sim = Radio.insertedSIM(configuration.sim)
        let serial = configuration.imei.suffix(6)
        identity = Identity(
            imei: configuration.imei,
            imsi: "001010000" + serial,
            iccid: "89001010000000" + serial
        )
        restore(from: configuration.settings)
    }

    static func insertedSIM(_ card: ModuleConfiguration.SIMCard) -> SIM {
        switch card {
        case .ready: .ready
        case .absent: .absent
        case .locked(let pin): .pinRequired(pin, attempts: 3)
        }
    }

    var isRegistered: Bool {
        sim == .ready && functionality == 1 && hasCoverage && hasSearched
    }

    /// The PDP context of MQTT is up.
    var hasData: Bool { isRegistered && isAttached && activeContexts.contains(1) }

    /// The `stat` of CREG: 1 home, 2 searching, 0 not searching.
    var registrationState: Int {
        if isRegistered { return 1 }
        return functionality == 1 && sim == .ready ? 2 : 0
    }

    /// Takes saved PDP contexts: `CGDCONT.<cid>` = `<type>,<apn>`, empty for a deleted one.
    mutating func restore(from settings: [String: String]) {
        for (name, value) in settings where name.hasPrefix("CGDCONT.") {
            guard let cid = Int(name.dropFirst(8)) else { continue }
            guard let comma = value.firstIndex(of: ",") else {
                contexts[cid] = nil
                continue
            }
            contexts[cid] = PDPContext(type: String(value[..<comma]), apn: String(value[value.index(after: comma)...]))
        }
    }

    func addresses(of cid: Int) -> [String] {
        let four = "10.0.0.\(cid + 1)"
        let six = "254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.\(cid + 1)"
        return switch contexts[cid]?.type {
        case "IPV6": [six]
        case "IPV4V6": [four, six]
        default: [four]
        }
    }
}
