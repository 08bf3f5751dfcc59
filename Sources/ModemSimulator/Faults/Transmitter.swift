import ATProtocol

/// The module's half of the line: what may leave now, and what waits for a slow or a ragged line.
struct Transmitter: Sendable {
    /// Bits per second; nil: as fast as bytes come.
    var baud: Int?
    /// Bytes leave in pieces whose size and pauses the faults decide.
    var isChunked = false
    private var ready: [UInt8] = []
    private var waiting: [UInt8] = []
    /// How many of those that wait are on the line now; they have arrived at the next release.
    private var underway = 0
    private var isScheduled = false
    /// When the line is free again. Counted from the line's own times: a host that looks late finds what has come by then.
    private var free = Moment(nanoseconds: 0)

    mutating func send(_ bytes: [UInt8], at now: Moment, agenda: inout Agenda) {
        guard baud != nil || isChunked || !waiting.isEmpty else {
            ready += bytes
            return
        }
        waiting += bytes
        guard !isScheduled, !waiting.isEmpty else { return }
        free = now
        isScheduled = true
        agenda.add(.output, at: now)
    }

    /// Gives what has arrived, puts the next piece on the line, and makes an appointment for its end.
    mutating func release(_ piece: (bytes: Int, pause: Duration)?, agenda: inout Agenda) {
        isScheduled = false
        give(underway)
        underway = 0
        guard !waiting.isEmpty else { return }
        var count = waiting.count
        var busy = Duration.zero
        if let piece {
            count = min(count, piece.bytes)
            busy = piece.pause
        }
        if let baud {
            // One start, eight data and one stop bit; a millisecond's worth at a time, as a driver would hand it on.
            count = min(count, max(1, baud / 10_000))
            busy += .nanoseconds(Int64(count) * 10_000_000_000 / Int64(baud))
            underway = count
        } else {
            give(count)
        }
        guard underway > 0 || !waiting.isEmpty || busy > .zero else { return }
        free = free + busy
        isScheduled = true
        agenda.add(.output, at: free)
    }

    private mutating func give(_ count: Int) {
        ready += waiting.prefix(count)
        waiting.removeFirst(count)
    }

    mutating func take() -> [UInt8] {
        defer { ready.removeAll(keepingCapacity: true) }
        return ready
    }

    var isEmpty: Bool { ready.isEmpty }

    /// The port is gone, and with it what had not left.
    mutating func clear() {
        ready = []
        waiting = []
        underway = 0
    }
}
