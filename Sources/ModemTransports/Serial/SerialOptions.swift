/// How a serial port is set up. 8 data bits, no parity, one stop bit, raw.
public struct SerialOptions: Equatable, Sendable {
    /// Bits per second, any rate the driver takes; nil: as it is.
    public var baud: Int?
    public var flow: FlowControl
    /// Set right after opening; nil: as the driver leaves them.
    public var dtr: SignalLevel?
    public var rts: SignalLevel?
    /// Where `LCK..` files are; nil: none is made or looked at.
    public var lockFolder: String?

    public init(
        baud: Int? = 115_200,
        flow: FlowControl = .none,
        dtr: SignalLevel? = nil,
        rts: SignalLevel? = nil,
        lockFolder: String? = "/var/lock"
    ) {
        self.baud = baud
        self.flow = flow
        self.dtr = dtr
        self.rts = rts
        self.lockFolder = lockFolder
    }

    public enum FlowControl: String, Equatable, Sendable { case none, rts }
    public enum SignalLevel: String, Equatable, Sendable { case on, off }
}
