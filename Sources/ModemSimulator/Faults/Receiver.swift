import ATProtocol

/// The host's half of the line: a byte has arrived when its last bit has, by the line's own clock. However late its owner
/// looks, the line loses no time.
struct Receiver: Sendable {
    /// Bits per second; nil: bytes arrive at once.
    var baud: Int?
    private var waiting: [UInt8] = []
    private var taken = 0
    /// When the first of the waiting bytes begins to pass.
    private var begins = Moment(nanoseconds: .min)

    var isEmpty: Bool { taken == waiting.count }

    mutating func append(_ bytes: some Sequence<UInt8>, at now: Moment) {
        if isEmpty { begins = max(begins, now) }
        waiting += bytes
    }

    /// When there is something to take: a millisecond's worth at a time, as a driver would hand it on.
    var next: Moment? {
        guard !isEmpty else { return nil }
        guard let baud else { return begins }
        return begins + time(min(max(1, baud / 10_000), waiting.count - taken), baud)
    }

    /// What has arrived by now.
    mutating func take(at now: Moment) -> [UInt8] {
        guard begins <= now else { return [] }
        var count = waiting.count - taken
        if let baud {
            let passed = (now - begins).nanoseconds.multipliedFullWidth(by: Int64(baud))
            // Years overflow, and are long enough for all.
            if passed.high == 0 { count = min(count, Int(clamping: passed.low / 10_000_000_000)) }
            begins = begins + time(count, baud)
        }
        let bytes = Array(waiting[taken..<taken + count])
        taken += count
        if isEmpty || taken > 4096 {
            waiting.removeFirst(taken)
            taken = 0
        }
        return bytes
    }

    mutating func removeAll() {
        waiting.removeAll()
        taken = 0
    }

    /// One start, eight data and one stop bit each. Rounded up: when it is over, so many have passed.
    private func time(_ count: Int, _ baud: Int) -> Duration {
        .nanoseconds((Int64(count) * 10_000_000_000 + Int64(baud) - 1) / Int64(baud))
    }
}
