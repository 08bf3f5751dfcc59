/// Compares the bytes behind a data write with the data: they come back from some modules, with one space or line end
/// before them.
struct DataEchoMatch: Sendable {
    enum Verdict: Equatable, Sendable { case more, complete, mismatch }

    /// Empty: no echo is expected.
    private(set) var data: [UInt8] = []
    private var count = 0
    /// Whether the data may still begin 0, 1 or 2 bytes into what has come.
    private var alive = (true, true, true)
    private var first: UInt8 = 0

    var isExpected: Bool { !data.isEmpty }

    mutating func expect(_ data: [UInt8]) {
        self = DataEchoMatch()
        self.data = data
    }

    mutating func stop() { self = DataEchoMatch() }

    mutating func take(_ byte: UInt8) -> Verdict {
        if alive.0 { alive.0 = byte == data[count] }
        if alive.1 {
            if count == 0 { alive.1 = byte == .space || byte.isLineEnd } else { alive.1 = byte == data[count - 1] }
        }
        if alive.2 {
            switch count {
            case 0: alive.2 = byte == .carriageReturn
            case 1: alive.2 = byte == .lineFeed
            default: alive.2 = byte == data[count - 2]
            }
        }
        count += 1
        if alive.0, count == data.count { return .complete }
        if alive.1, count == data.count + 1 { return .complete }
        if alive.2, count == data.count + 2 { return .complete }
        // A shorter reading that is complete has been reported above, so no index runs past the data.
        return alive.0 || alive.1 || alive.2 ? .more : .mismatch
    }
}
