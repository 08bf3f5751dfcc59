import ATProtocol

/// The module's half of the line: what may leave now, and what waits for a slow or a ragged line.
struct Transmitter: Sendable {
    /// Bits per second; nil: as fast as bytes come.
    var baud: Int?
    /// Bytes leave in pieces whose size and pauses the faults decide.
    var isChunked = false
    private var ready: [UInt8] = []
    private var waiting: [UInt8] = []
    private var isScheduled = false

    mutating func send(_ bytes: [UInt8], at now: Moment, agenda: inout Agenda) {
        guard baud != nil || isChunked || !waiting.isEmpty else {
            ready += bytes
            return
        }
        waiting += bytes
        guard !isScheduled, !waiting.isEmpty else { return }
        isScheduled = true
        agenda.add(.output, at: now)
    }

    /// Releases what the line takes now, and makes an appointment for the rest.
    mutating func release(_ piece: (bytes: Int, pause: Duration)?, at now: Moment, agenda: inout Agenda) {
        isScheduled = false
        guard !waiting.isEmpty else { return }
        var count = waiting.count
        var pause = Duration.zero
        if let piece {
            count = min(count, piece.bytes)
            pause = piece.pause
        }
        if let baud {
            // One start, eight data and one stop bit; a millisecond's worth at a time, as a driver would take it.
            count = min(count, max(1, baud / 10_000))
            pause += .nanoseconds(Int64(count) * 10_000_000_000 / Int64(baud))
        }
        ready += waiting.prefix(count)
        waiting.removeFirst(count)
        guard !waiting.isEmpty || pause > .zero else { return }
        isScheduled = true
        agenda.add(.output, at: now + pause)
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
    }
}
