/// What the engine has to know of the module and of the owner's policies. Every number is a default of the profile.
public struct Configuration: Sendable {
    public var urcs: [URCSpec] = []
    public var framers: [any Framer] = []
    /// Command lines sent after synchronising, such as `ATE1` and `AT+CMEE=2`.
    public var preamble: [Command] = []
    public var barrier: BarrierPolicy = .automatic
    public var dataEcho: DataEcho = .off
    /// Steps tried in this order when the module is silent, `.reopen` and `.reset` last.
    public var ladder: [LinkRequest] = []
    /// The texts of `+CME ERROR` and `+CMS ERROR` and their numbers.
    public var errorTexts = ErrorTexts()
    /// Lines that show secrets, whoever asked for them: the host before this one may have.
    public var secretLines: [CommandSpec.SecretLine] = []
    /// Longest line outside frames.
    public var lineLimit = 4096
    /// Longest line protected by an open quote, for unsolicited lines declared `multiline`.
    public var quotedLimit = 1024
    /// Longest command line after `AT` that the module takes.
    public var commandLimit = 3071
    /// The most data any prompt of the module asks for: how far blind padding goes.
    public var dataLimit = 10_240
    public var echoGrace: Duration = .milliseconds(50)
    public var tailWindow: Duration = .milliseconds(200)
    public var holdLimit = 64
    /// Bits per second of the line, for wire times; nil: unpaced.
    public var baud: Int? = 115_200
    /// Pause after a final result code before the next command.
    public var postFinalQuiet: Duration = .zero
    public var recovery = RecoveryTimes()
    /// Off: no record is made, and none is paid for.
    public var tracing: Tracing = .on

    public init() {}

    public enum BarrierPolicy: Equatable, Sendable {
        /// `nextCommand` with echo on, `probe` with echo off, after a stalled prompt and after a bad frame.
        case automatic
        case nextCommand
        case probe
    }

    public enum DataEcho: Equatable, Sendable { case off, withEcho, always, unknown }

    public enum Tracing: Equatable, Sendable { case off, on }

    /// Time that `count` bytes take on the line, start and stop bit included.
    func wireTime(_ count: Int) -> Duration {
        guard let baud, baud > 0 else { return .zero }
        return .nanoseconds(Int64(count) * 10 * 1_000_000_000 / Int64(baud))
    }

    /// The rate that the default figures of patience are made for.
    private static let usualBaud = 115_200

    /// By how much longer `count` bytes take than at the usual rate.
    func delay(_ count: Int) -> Duration {
        guard let baud, baud > 0, baud < Self.usualBaud else { return .zero }
        return wireTime(count) - .nanoseconds(Int64(count) * 10 * 1_000_000_000 / Int64(Self.usualBaud))
    }
}
