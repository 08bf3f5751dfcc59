/// Why a command failed. Branch on `code`; everything printable in it is redacted.
public struct ATFailure: Error, Equatable, Sendable {
    // Kept apart, so that an answer that succeeds is not moved about in the room a failure would take.
    private let content: Content

    private final class Content: Sendable {
        let code: Code
        let text: String?
        let command: String
        let lines: [Line]
        let before: [UInt8]
        let urcs: [UInt64]
        let written: Written
        let queued: Duration
        let elapsed: Duration

        init(
            _ code: Code,
            _ text: String?,
            _ command: String,
            _ lines: [Line],
            _ before: [UInt8],
            _ urcs: [UInt64],
            _ written: Written,
            _ queued: Duration,
            _ elapsed: Duration
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
    }

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
        content = Content(code, text, command, lines, before, urcs, written, queued, elapsed)
    }

    public var code: Code { content.code }
    /// The module's words, if it said any.
    public var text: String? { content.text }
    /// The command line, redacted.
    public var command: String { content.command }
    /// Information lines received so far.
    public var lines: [Line] { content.lines }
    /// The last bytes received before the failure, 2 KiB at most.
    public var before: [UInt8] { content.before }
    /// Sequence numbers of the unsolicited lines seen meanwhile.
    public var urcs: [UInt64] { content.urcs }
    public var written: Written { content.written }
    /// From submission to the write.
    public var queued: Duration { content.queued }
    /// From submission to the failure.
    public var elapsed: Duration { content.elapsed }

    public static func == (left: ATFailure, right: ATFailure) -> Bool {
        left.code == right.code && left.text == right.text && left.command == right.command
            && left.lines == right.lines && left.before == right.before && left.urcs == right.urcs
            && left.written == right.written && left.queued == right.queued && left.elapsed == right.elapsed
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
