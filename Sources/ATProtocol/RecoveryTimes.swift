/// How long recovery waits for what. Section 5 of the engine's specification gives the meaning of each.
public struct RecoveryTimes: Equatable, Sendable {
    /// When the probes of a barrier are written, from its start.
    public var barrierProbes: [Duration] = [.zero, .seconds(1), .seconds(3)]
    /// After opening, one probe each second: the module may be booting.
    public var openingProbes: [Duration] = (0...20).map { .seconds($0) }
    /// How long after opening a module that has answered no probe counts as one that waits for data, as it does when its
    /// host was ended in the middle of them; it is sent spaces then. Nil: never.
    public var openingPadding: Duration?
    /// From one step of that padding to the next, its wire time aside.
    public var openingPaddingStep: Duration = .milliseconds(150)
    /// From the last probe until the module counts as silent.
    public var probePatience: Duration = .seconds(4)
    /// Silence behind a final result code that shows that no other one is coming.
    public var finalQuiet: Duration = .milliseconds(150)
    /// A zombie absorbs its final result code for at least this long.
    public var zombieGrace: Duration = .seconds(5)
    /// A zombie that lacks only its asynchronous result waits this long.
    public var resultGrace: Duration = .seconds(360)
    /// A zombie keeps its lanes for at least this long.
    public var laneHold: Duration = .seconds(10)
    /// From a stalled prompt until the line is probed.
    public var stallProbe: Duration = .seconds(1)
    /// Silence after which padding begins, or is repeated.
    public var paddingPatience: Duration = .seconds(2)
    /// A frame may take this long, plus twice its wire time.
    public var frameBase: Duration = .seconds(1)
    /// After a restart nothing is written until this long has passed without a line …
    public var restartQuiet: Duration = .seconds(2)
    /// … or this long when the last line of the start has come …
    public var bootEndQuiet: Duration = .milliseconds(100)
    /// … but not longer than this.
    public var restartLimit: Duration = .seconds(30)
    /// How long a step of the ladder may take before the line is probed.
    public var rungTime: Duration = .seconds(3)
    /// How long the owner may take to reopen or reset.
    public var reopenLimit: Duration = .seconds(60)
    /// Deadlines missed in a row, without a byte received, that make the module count as silent.
    public var silentTimeouts = 3

    public init() {}
}
