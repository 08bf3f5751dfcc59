/// Recognises a length frame from the start of a line.
///
/// Pure and stable: the same bytes give the same verdict, and once a verdict other than `needMore` or `incomplete` is
/// given, more bytes do not change it. That is what makes frames independent of how they are cut into reads.
public protocol Framer: Sendable {
    /// Asked only for lines that begin with these bytes.
    var prefix: [UInt8] { get }

    /// - Parameter bytes: everything received since the start of the line, `prefix` included.
    func frame(_ bytes: Span<UInt8>) -> FrameVerdict
}

public enum FrameVerdict: Equatable, Sendable {
    /// Not a frame: the line is an ordinary one.
    case mismatch
    /// Undecided within the header; nothing is consumed until at least this many bytes are there.
    case needMore(atLeast: Int)
    /// The header is complete and names these data; what is decided next is so `trailer` bytes behind them.
    case incomplete(body: Range<Int>, trailer: Int)
    /// The first `count` bytes are a frame with its header line, data and line end; `body` are the data.
    case consumed(Int, body: Range<Int>)
    case refused(FrameFault)
}

public enum FrameFault: Equatable, Sendable {
    case lengthNotANumber
    case lengthAboveCap(Int)
    /// The counted data were not followed by a line end.
    case missingEnd
}
