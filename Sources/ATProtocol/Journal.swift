/// Numbers the events and remembers the last bytes, for errors.
struct Journal: ~Copyable, Sendable {
    private(set) var nextEvent: UInt64 = 0
    private var unsolicited = RingOfNumbers()
    private(set) var recent = RecentBytes()

    mutating func number(_ body: Event.Body, at moment: Moment) -> Event {
        if case .urc = body { return Event(sequence: numberOfUnsolicited(), at: moment, body: body) }
        let event = Event(sequence: nextEvent, at: moment, body: body)
        nextEvent += 1
        return event
    }

    /// The number of an unsolicited line that comes now.
    @inline(__always)
    mutating func numberOfUnsolicited() -> UInt64 {
        let number = nextEvent
        unsolicited.append(number)
        nextEvent += 1
        return number
    }

    /// Numbers of the unsolicited lines since event `first`; the last 64 of them at most.
    func unsolicited(since first: UInt64) -> [UInt64] { unsolicited.numbers(since: first) }

    /// - Parameter bytes: already redacted.
    mutating func remember(line bytes: Span<UInt8>) {
        recent.append(line: bytes)
    }
}

/// The last 64 of a rising series of numbers. Owns its memory: it is written to at every unsolicited line.
struct RingOfNumbers: ~Copyable, @unchecked Sendable {
    // Sendable because nothing else refers to the memory.
    private static let capacity = 64
    private let numbers = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    private var count = 0

    deinit { numbers.deallocate() }

    mutating func append(_ number: UInt64) {
        numbers[count & (Self.capacity - 1)] = number
        count &+= 1
    }

    func numbers(since first: UInt64) -> [UInt64] {
        let start = max(0, count - Self.capacity)
        return (start..<count).map { numbers[$0 % Self.capacity] }.filter { $0 >= first }
    }
}

/// The last 2 KiB received, redacted. Owns its memory: it is written to at every line.
struct RecentBytes: ~Copyable, @unchecked Sendable {
    // Sendable because nothing else refers to the memory.
    private static let capacity = 2048
    private let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    private var position = 0
    private var isFull = false

    deinit { bytes.deallocate() }

    /// Appends a line and a line end.
    @inline(__always)
    mutating func append(line: Span<UInt8>) {
        guard position &+ line.count &+ 2 < Self.capacity else {
            wrap(line: line)
            return
        }
        put(line)
        bytes[position] = .carriageReturn
        bytes[position &+ 1] = .lineFeed
        position &+= 2
    }

    @inline(never)
    private mutating func wrap(line: Span<UInt8>) {
        wrap(line)
        wrap(Self.lineEnd.span)
    }

    private static let lineEnd: [UInt8] = [.carriageReturn, .lineFeed]

    /// Writes what fits up to the end, and the rest from the beginning.
    private mutating func wrap(_ more: Span<UInt8>) {
        var index = max(0, more.count - Self.capacity)
        while index < more.count {
            let step = min(more.count - index, Self.capacity - position)
            put(more.extracting(index..<index + step))
            index += step
            if position == Self.capacity {
                position = 0
                isFull = true
            }
        }
    }

    /// Writes bytes for which there is room.
    @inline(__always)
    private mutating func put(_ more: Span<UInt8>) {
        more.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            (bytes + position).initialize(from: start, count: source.count)
        }
        position &+= more.count
    }

    var contents: [UInt8] {
        let newest = UnsafeBufferPointer(start: bytes, count: position)
        guard isFull else { return Array(newest) }
        return Array(UnsafeBufferPointer(start: bytes + position, count: Self.capacity - position)) + Array(newest)
    }
}
