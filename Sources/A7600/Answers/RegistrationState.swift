/// `<stat>` of CREG, CGREG and CEREG (TS 27.007 7.2, 10.1.20, 10.1.22).
public struct RegistrationState: RawRepresentable, Hashable, Sendable {
    public var rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let idle = RegistrationState(rawValue: 0)
    public static let home = RegistrationState(rawValue: 1)
    public static let searching = RegistrationState(rawValue: 2)
    public static let denied = RegistrationState(rawValue: 3)
    public static let unknown = RegistrationState(rawValue: 4)
    public static let roaming = RegistrationState(rawValue: 5)
    public static let homeMessagesOnly = RegistrationState(rawValue: 6)
    public static let roamingMessagesOnly = RegistrationState(rawValue: 7)
    public static let emergencyOnly = RegistrationState(rawValue: 11)

    /// Whether data services may be used.
    public var isRegistered: Bool { self == .home || self == .roaming }

    /// One word for programs.
    public var name: String {
        switch self {
        case .idle: "idle"
        case .home: "home"
        case .searching: "searching"
        case .denied: "denied"
        case .roaming: "roaming"
        case .homeMessagesOnly, .roamingMessagesOnly: "sms only"
        case .emergencyOnly: "emergency only"
        default: "unknown"
        }
    }

    /// For people, with what to look at if it is not as wished.
    public var words: String {
        switch self {
        case .idle: "not registered, not searching: radio off, or no SIM"
        case .home: "registered, home"
        case .searching: "not registered, searching: antenna, coverage"
        case .denied: "registration denied: the plan, the SIM, or the APN of the attach"
        case .unknown: "registration unknown: out of coverage"
        case .roaming: "registered, roaming"
        case .homeMessagesOnly: "registered for SMS only, home: the plan has no data"
        case .roamingMessagesOnly: "registered for SMS only, roaming: the plan has no data here"
        case .emergencyOnly: "emergency calls only: no SIM, or the network refuses it"
        default: "registration state \(rawValue)"
        }
    }
}
