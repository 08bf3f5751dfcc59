/// The three registrations of a module, and the commands that read them.
public enum RegistrationDomain: String, CaseIterable, Sendable {
    /// `+CREG`.
    case circuitSwitched = "+CREG"
    /// `+CGREG`.
    case packetSwitched = "+CGREG"
    /// `+CEREG`.
    case eps = "+CEREG"
}
