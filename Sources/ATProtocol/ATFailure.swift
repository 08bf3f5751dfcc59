/// Why a command failed. Branch on `code`; everything printable in it is redacted.
public struct ATFailure: Error, Equatable, Sendable {
    public var code: Code
    /// The module's words, if it said any.
    public var text: String?
    /// The command line, redacted.
    public var command: String
    /// Information lines received so far.
    public var lines: [Line]
    /// The last bytes received before the failure, 2 KiB at most.
    public var before: [UInt8]
    /// Sequence numbers of the unsolicited lines seen meanwhile.
    public var urcs: [UInt64]
    public var written: Written
    /// From submission to the write.
    public var queued: Duration
    /// From submission to the failure.
    public var elapsed: Duration

    public init(
        code: Code,
        text: String? = nil,
        command: String,
        lines: [Line] = [],
        before: [UInt8] = [],
        urcs: [UInt64] = [],
        written: Written = .unknown,
        queued: Duration = .zero,
        elapsed: Duration = .zero
    ) {
        self.code = code
        self.text = text
        self.command = command
        self.lines = lines
        self.before = before
        self.urcs = urcs
        self.written = written
        self.queued = queued
        self.elapsed = elapsed
    }

    /// Whether the command's bytes reached the port.
    public enum Written: Equatable, Sendable { case no, yes, unknown }

    public enum Code: Equatable, Sendable {
        case timeout(Phase)
        /// `ERROR` without detail.
        case error
        /// `+CME ERROR`; nil: the text is in no table.
        case cme(Int?)
        case cms(Int?)
        /// An asynchronous result other than 0, in any order.
        case result(ResultSpec.Domain, Int)
        case lost(LossCause)
        case prompt(PromptFault)
        case cancelled
        case closed
        /// The answer cannot be trusted.
        case protocolFault
        /// Refused before the wire; the text names parameter, value and range.
        case argument
    }

    /// Where a command was when its deadline ended.
    public enum Phase: String, Equatable, Sendable { case queue, gate, prompt, data, final, result }

    public enum LossCause: Equatable, Sendable {
        /// `+CMQTTCONNLOST`: client index and cause 1…3.
        case connection(client: Int, cause: Int)
        /// `+CMQTTNONET`.
        case network
        case restarted
        case portVanished
        case unresponsive
    }

    public enum PromptFault: Equatable, Sendable { case missing, payloadAborted }
}
