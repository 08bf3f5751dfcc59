internal import ATProtocol

/// A trace as a whole, for playing it back.
struct RecordedSession: Sendable {
    let path: String
    let origin: TraceOrigin
    /// In the trace's order; times count from the beginning of the session.
    let records: [Record]
    /// Why a replay may differ though nothing has changed; nil: the trace is complete.
    let flaw: String?

    init(path: String) throws(CommandFailure) {
        var reader = try TraceReader(path: path)
        var records: [Record] = []
        var dropped = 0
        while let entry = try reader.next() {
            records.append(entry.record)
            dropped += entry.dropped ?? 0
        }
        self.path = path
        self.records = records
        origin = reader.origin
        if dropped > 0 {
            flaw = "\(path) lacks \(dropped) records that could not be written in time"
        } else if reader.isCutShort {
            flaw = "\(path) ends in the middle of a record"
        } else {
            flaw = nil
        }
    }
}
