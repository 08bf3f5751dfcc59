/// The successful answer to one command.
public struct Reply: Equatable, Sendable {
    private let packed: PackedLines
    /// The asynchronous result's line, if the command has one.
    public var result: Line?
    /// The final result code's line.
    public var final: Line
    /// When the command's last byte had left.
    public var writtenAt: Moment
    /// When the last line of the answer had arrived.
    public var completedAt: Moment

    public init(lines: [Line], result: Line?, final: Line, writtenAt: Moment, completedAt: Moment) {
        self.init(
            packed: PackedLines(lines),
            result: result,
            final: final,
            writtenAt: writtenAt,
            completedAt: completedAt
        )
    }

    init(packed: PackedLines, result: Line?, final: Line, writtenAt: Moment, completedAt: Moment) {
        self.packed = packed
        self.result = result
        self.final = final
        self.writtenAt = writtenAt
        self.completedAt = completedAt
    }

    /// Information lines in wire order, as they came. Makes copies: keep the array when it is used more than once.
    public var lines: [Line] { packed.lines }
}
