import ATProtocol

/// Decides what goes wrong.
struct FaultEngine: Sendable {
    enum Appointment: Sendable { case begin(Int) }
    var isBrokerGone = false
    init(seed: UInt64) {}
    mutating func inbound(_ byte: UInt8, at now: Moment) -> UInt8? { byte }
    mutating func outbound(_ bytes: some Collection<UInt8>, at now: Moment) -> [UInt8] { Array(bytes) }
    mutating func fate(of body: [UInt8], at now: Moment) -> LineFate { LineFate() }
}

extension SimulatedA7600 {
    mutating func inject(_ fault: Fault, at now: Moment) {}
    mutating func strike(_ appointment: FaultEngine.Appointment) {}
}
