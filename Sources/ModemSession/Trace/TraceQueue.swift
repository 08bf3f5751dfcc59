internal import ATProtocol
internal import Glibc
internal import Synchronization

/// The bounded queue between a session's executor and the thread that writes its trace.
///
/// The session only takes a lock that is held for a few instructions. It wakes the writer only after a rest: behind each
/// write the writer lets records gather for 50 ms, and takes what there is by itself.
final class TraceQueue: Sendable {
    enum Item: Sendable {
        case header(TraceHeader)
        case record(Record, WallTime)
        /// This many records had no room, the first of them after record `after`.
        case dropped(Int, after: UInt64)
    }

    private struct State {
        var items: [Item] = []
        var gap = 0
        var last: UInt64 = 0
        var dropped = 0
        var failure: Int32?
        /// The writer sleeps until it is woken.
        var isWriterAsleep = false
        var isClosed = false
        var isDone = false
        var closing: [@Sendable () -> Void] = []
    }

    private let capacity: Int
    private let state = Mutex(State())
    private let bell = Bell()

    init(capacity: Int) {
        self.capacity = capacity
    }

    var dropped: Int { state.withLock { $0.dropped } }
    var failure: Int32? { state.withLock { $0.failure } }

    /// - Parameter number: of the record that is added; nil: it is none.
    func append(_ item: consuming Item, number: UInt64? = nil) {
        // Taken out below, so that it moves into the queue and is not copied.
        var passed = Optional(item)
        let isAsleep = state.withLock { state in
            guard !state.isClosed, let item = passed.take() else { return false }
            guard state.items.count < capacity else {
                state.gap += 1
                state.dropped += 1
                return false
            }
            if state.gap > 0 {
                state.items.append(.dropped(state.gap, after: state.last))
                state.gap = 0
            }
            if let number { state.last = number }
            state.items.append(item)
            defer { state.isWriterAsleep = false }
            return state.isWriterAsleep
        }
        if isAsleep { bell.ring() }
    }

    /// Takes no more; `done` is called when everything is written.
    func close(_ done: @escaping @Sendable () -> Void) {
        let isDone = state.withLock { state in
            state.isClosed = true
            if !state.isDone { state.closing.append(done) }
            return state.isDone
        }
        if isDone { done() } else { bell.ring() }
    }

    /// Waits until there is something to write. Called by the writer alone.
    ///
    /// - Parameter items: empty; takes what is to be written, and gives the queue its memory in exchange.
    /// - Returns: whether nothing follows.
    func next(into items: inout [Item]) -> Bool {
        var hasRested = false
        while true {
            let isLast = state.withLock { state in
                swap(&state.items, &items)
                if state.gap > 0 {
                    items.append(.dropped(state.gap, after: state.last))
                    state.gap = 0
                }
                state.isWriterAsleep = hasRested && items.isEmpty && !state.isClosed
                return state.isClosed
            }
            if !items.isEmpty || isLast { return isLast }
            // Commands that follow each other need nobody to wake the writer.
            if hasRested { bell.wait() } else { gather() }
            hasRested = true
        }
    }

    /// Sleeps while records gather, at most until the queue is closed. Called by the writer alone.
    func gather() {
        _ = bell.wait(until: Bell.Pause(milliseconds: 50))
    }

    func failed(_ number: Int32) {
        state.withLock { state in
            if state.failure == nil { state.failure = number }
        }
    }

    func finished() {
        let closing = state.withLock { state in
            state.isDone = true
            defer { state.closing.removeAll() }
            return state.closing
        }
        for done in closing { done() }
    }
}
