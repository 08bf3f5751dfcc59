/// Lines that wait for a decision, in wire order.
struct Hold: ~Copyable, Sendable {
    enum Reason: Equatable, Sendable {
        /// The echo that decides may still come.
        case gate
        /// An answer or an unsolicited line: the next line of its kind or the final decides.
        case ambiguous
    }

    enum Item: Sendable {
        /// The number is that of the record it has.
        case line([UInt8], Moment, record: UInt64)
        case event(Event.Body, Moment)
    }

    /// Nil: nothing is held.
    private(set) var reason: Reason?
    /// The line in question; its buffer is reused.
    private(set) var head: [UInt8] = []
    private(set) var headAt = Moment(nanoseconds: 0)
    private(set) var headRecord: UInt64 = 0
    /// What came behind it.
    private(set) var waiting: [Item] = []
    /// When a gate hold is decided without an echo.
    private(set) var deadline: Moment?
    private(set) var isGraceExtended = false

    var isEmpty: Bool { reason == nil }

    var bufferedBytes: Int {
        waiting.reduce(isEmpty ? 0 : head.count) { sum, item in
            switch item {
            case .line(let line, _, _): sum + line.count
            case .event(.frame(let frame), _): sum + frame.headerBytes.count + frame.body.count
            case .event: sum
            }
        }
    }

    mutating func begin(_ reason: Reason, _ line: Span<UInt8>, at now: Moment, record: UInt64, until deadline: Moment?)
    {
        self.reason = reason
        head.removeAll(keepingCapacity: true)
        line.withUnsafeBufferPointer { head.append(contentsOf: $0) }
        headAt = now
        headRecord = record
        self.deadline = deadline
        isGraceExtended = false
    }

    /// Once, while the echo is in the middle of coming.
    mutating func extend(until deadline: Moment) {
        self.deadline = deadline
        isGraceExtended = true
    }

    mutating func append(_ item: Item) { waiting.append(item) }

    /// Ends the hold and hands out the items behind the head.
    mutating func end() -> [Item] {
        reason = nil
        deadline = nil
        guard !waiting.isEmpty else { return [] }
        let items = waiting
        waiting = []
        return items
    }
}
