/// Recognises a length frame from the start of a line. Pure: the same bytes give the same verdict.
public protocol Framer: Sendable {
    /// - Parameter bytes: everything received since the start of the line.
    func frame(_ bytes: Span<UInt8>) -> FrameVerdict
}

public enum FrameVerdict: Equatable, Sendable {
    /// Not a frame: the line is an ordinary one.
    case mismatch
    /// Undecided; nothing is consumed until at least this many bytes are there.
    case needMore(atLeast: Int)
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
