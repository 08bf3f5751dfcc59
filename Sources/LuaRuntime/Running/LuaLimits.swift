/// The limits of one run. Each has a flag of `moonwire run`.
public struct LuaLimits: Sendable {
    /// Total, on the run's clock; `nil`: none.
    public var deadline: Duration? = nil
    /// CPU time of the VM's thread between two waits.
    public var burst: Duration = .seconds(2)
    /// For `<close>` and `defer` after the deadline or an interrupt, in all.
    public var grace: Duration = .seconds(10)
    public var graceBurst: Duration = .milliseconds(500)
    /// Each `defer`.
    public var deferDeadline: Duration = .seconds(5)
    /// How long an entry may go on after kill began before the watchdog acts.
    public var watchdog: Duration = .seconds(1)
    /// Bytes; the hard limit is four times this.
    public var memory: Int = 32 << 20
    public var tasks: Int = 256
    /// Bytes a script may print or write to the run's output.
    public var output: Int = 16 << 20
    public var filesWritten: Int = 64 << 20
    public var openFiles: Int = 64
    public var logRecord: Int = 1 << 20

    public init() {}
}
