/// What the engine has to know of the module and of the owner's policies. Every number is a default of the profile.
public struct Configuration: Sendable {
    public var urcs: [URCSpec] = []
    public var framers: [any Framer] = []
    /// Command lines sent after synchronising, such as `ATE1` and `AT+CMEE=2`.
    public var preamble: [Command] = []
    public var barrier: BarrierPolicy = .automatic
    public var dataEcho: DataEcho = .off
    public var ladder: [LinkRequest] = []
    /// Longest line outside frames.
    public var lineLimit = 4096
    /// Longest command line after `AT` that the module takes.
    public var commandLimit = 3071
    public var echoGrace: Duration = .milliseconds(50)
    public var tailWindow: Duration = .milliseconds(200)
    public var holdLimit = 64
    /// Bits per second of the line, for wire times; nil: unpaced.
    public var baud: Int? = 115_200
    /// Pause after a final result code before the next command.
    public var postFinalQuiet: Duration = .zero

    public init() {}

    public enum BarrierPolicy: Equatable, Sendable {
        /// `nextCommand` with echo on, `probe` with echo off and after a stalled prompt.
        case automatic
        case nextCommand
        case probe
    }

    public enum DataEcho: Equatable, Sendable { case off, withEcho, always, unknown }
}
