/// Deadlines on the run's clock, earliest first; those of the same moment in the order they were set.
struct TimerQueue {
    struct Entry {
        var deadline: Int64
        var id: UInt64
        var body: Body
    }

    /// What a sleep takes is kept small: scripts have many at once.
    enum Body {
        case wake(TaskRecord, sequence: UInt64)
        case run(() -> Void)
    }

    private var heap: [Entry] = []
    private var cancelled: Set<UInt64> = []
    private var live: Set<UInt64> = []
    private var lastID: UInt64 = 0

    var next: Int64? { heap.first?.deadline }

    mutating func add(at deadline: Int64, id: UInt64? = nil, _ body: @escaping () -> Void) -> UInt64 {
        add(at: deadline, id: id, .run(body))
    }

    mutating func add(at deadline: Int64, id: UInt64? = nil, _ body: Body) -> UInt64 {
        lastID += 1
        let id = id ?? lastID
        live.insert(id)
        heap.append(Entry(deadline: deadline, id: id, body: body))
        siftUp(heap.count - 1)
        return id
    }

    /// A timer that fired already is no error.
    mutating func cancel(_ id: UInt64) {
        guard live.remove(id) != nil else { return }
        cancelled.insert(id)
        if cancelled.count > 64, cancelled.count * 2 > heap.count { compact() }
        while let first = heap.first, cancelled.contains(first.id) { removeFirst() }
    }

    mutating func popDue(at now: Int64) -> Body? {
        while let first = heap.first {
            if cancelled.contains(first.id) {
                removeFirst()
            } else if first.deadline <= now {
                live.remove(first.id)
                removeFirst()
                return first.body
            } else {
                return nil
            }
        }
        return nil
    }

    private mutating func compact() {
        let kept = heap.filter { !cancelled.contains($0.id) }
        cancelled = []
        heap = []
        for entry in kept {
            heap.append(entry)
            siftUp(heap.count - 1)
        }
    }

    private mutating func removeFirst() {
        cancelled.remove(heap[0].id)
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        siftDown()
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        (heap[left].deadline, heap[left].id) < (heap[right].deadline, heap[right].id)
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0, precedes(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && precedes(child, least) {
                least = child
            }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
