public import ATProtocol

/// What the owner of a session decides.
public struct SessionOptions: Sendable {
    /// Name of the module's profile, for the trace.
    public var profile: String
    public var reopening: Reopening
    public var identity: Identity
    /// Switches the module's power or reset line: the last rung of the recovery ladder, where the configuration has it.
    /// Nil: DTR is dropped for a second. Called on the session's executor; must not wait.
    public var reset: (@Sendable () -> Void)?

    public init(
        profile: String = "",
        reopening: Reopening = .default,
        identity: Identity = .unchecked,
        reset: (@Sendable () -> Void)? = nil
    ) {
        self.profile = profile
        self.reopening = reopening
        self.identity = identity
        self.reset = reset
    }

    /// What follows the loss of a port.
    public enum Reopening: Equatable, Sendable {
        case never
        /// Tries every `interval` until `patience` has passed since the loss.
        case retry(every: Duration, patience: Duration)

        public static let `default` = Reopening.retry(every: .milliseconds(500), patience: .seconds(60))
    }

    /// How a reopened port is proved to lead to the same module.
    public enum Identity: Equatable, Sendable {
        /// The transport's own identity (USB topology, serial number) is enough.
        case unchecked
        /// The information lines of this command (`AT+CGSN`) must be the same as at the first opening.
        case command(Command)
    }
}
