/// The successful answer to one command.
public struct Reply: Equatable, Sendable {
    private let packed: PackedLines
    // One word each: an answer that succeeds is moved about in the room they take.
    private var resultBytes: [UInt8]?
    private var finalLine: FinalLine
    /// When the command's last byte had left.
    public var writtenAt: Moment
    /// When the last line of the answer had arrived.
    public var completedAt: Moment

    /// The asynchronous result's line, if the command has one.
    public var result: Line? {
        get { resultBytes.map { Line($0) } }
        set { resultBytes = newValue?.bytes }
    }

    /// The final result code's line.
    public var final: Line {
        get { finalLine.line }
        set { finalLine = FinalLine(newValue) }
    }

    /// Information lines in wire order, as they came. Makes copies: keep the array when it is used more than once.
    public var lines: [Line] { packed.lines }
}

// In an extension, so that the struct keeps its memberwise initializer, which puts the parts together without a copy.
extension Reply {
    public init(lines: [Line], result: Line?, final: Line, writtenAt: Moment, completedAt: Moment) {
        self.init(
            packed: PackedLines(lines),
            result: result,
            final: FinalLine(final),
            writtenAt: writtenAt,
            completedAt: completedAt
        )
    }

    @inline(__always)
    init(packed: PackedLines, result: Line?, final: FinalLine, writtenAt: Moment, completedAt: Moment) {
        self.init(
            packed: packed,
            resultBytes: result?.bytes,
            finalLine: final,
            writtenAt: writtenAt,
            completedAt: completedAt
        )
    }
}
