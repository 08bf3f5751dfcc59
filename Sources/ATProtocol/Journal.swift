/// Numbers the events and remembers the last bytes, for errors.
struct Journal: ~Copyable, Sendable {
    private(set) var nextEvent: UInt64 = 0
    private var unsolicited = RingOfNumbers()
    private(set) var recent = RecentBytes()

    mutating func number(_ body: Event.Body, at moment: Moment) -> Event {
        let event = Event(sequence: nextEvent, at: moment, body: body)
        if case .urc = body { unsolicited.append(nextEvent) }
        nextEvent += 1
        return event
    }

    /// Numbers of the unsolicited lines since event `first`; the last 64 of them at most.
    func unsolicited(since first: UInt64) -> [UInt64] { unsolicited.numbers(since: first) }

    /// - Parameter bytes: already redacted.
    mutating func remember(line bytes: Span<UInt8>) {
        recent.append(bytes)
        recent.append(.carriageReturn)
        recent.append(.lineFeed)
    }
}

/// The last 64 of a rising series of numbers.
struct RingOfNumbers: Sendable {
    private static let capacity = 64
    private var numbers = [UInt64](repeating: 0, count: capacity)
    private var count = 0

    mutating func append(_ number: UInt64) {
        numbers[count % Self.capacity] = number
        count += 1
    }

    func numbers(since first: UInt64) -> [UInt64] {
        let start = max(0, count - Self.capacity)
        return (start..<count).map { numbers[$0 % Self.capacity] }.filter { $0 >= first }
    }
}

/// The last 2 KiB received, redacted.
struct RecentBytes: Sendable {
    private static let capacity = 2048
    private var bytes = [UInt8](repeating: 0, count: capacity)
    private var position = 0
    private var isFull = false

    mutating func append(_ more: Span<UInt8>) {
        var index = max(0, more.count - Self.capacity)
        while index < more.count {
            let step = min(more.count - index, Self.capacity - position)
            let start = position
            bytes.withUnsafeMutableBufferPointer { target in
                more.extracting(index..<index + step).withUnsafeBufferPointer { source in
                    _ = target.extracting(start..<start + step).update(fromContentsOf: source)
                }
            }
            position += step
            index += step
            if position == Self.capacity { wrap() }
        }
    }

    mutating func append(_ byte: UInt8) {
        bytes[position] = byte
        position += 1
        if position == Self.capacity { wrap() }
    }

    private mutating func wrap() {
        position = 0
        isFull = true
    }

    var contents: [UInt8] { isFull ? Array(bytes[position...] + bytes[..<position]) : Array(bytes[..<position]) }
}
