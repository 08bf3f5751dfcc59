internal import ATProtocol
internal import Glibc

/// The thread that writes one trace file. It ends when its queue is closed and everything is written.
struct TraceWriter: ~Copyable {
    private let queue: TraceQueue
    private let descriptor: CInt
    private var line = JSONLine()
    private var origin = Moment(nanoseconds: 0)
    private var hasFailed = false

    /// Bytes gathered before a write.
    private static let page = 64 * 1024

    /// The memory of so many items is used again.
    private static let keptCapacity = 1024

    static func start(queue: TraceQueue, descriptor: CInt) {
        let writer = Unmanaged.passRetained(Start(TraceWriter(queue: queue, descriptor: descriptor)))
        var thread = pthread_t()
        let failure = pthread_create(&thread, nil, { TraceWriter.enter($0) }, writer.toOpaque())
        if failure == 0 {
            pthread_detach(thread)
        } else {
            writer.release()
            queue.failed(failure)
            queue.finished()
            close(descriptor)
        }
    }

    private init(queue: TraceQueue, descriptor: CInt) {
        self.queue = queue
        self.descriptor = descriptor
    }

    /// Carries the writer over to its thread.
    private final class Start {
        var writer: TraceWriter
        init(_ writer: consuming TraceWriter) { self.writer = writer }
    }

    private static func enter(_ start: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let start else { return nil }
        Unmanaged<Start>.fromOpaque(start).takeRetainedValue().writer.run()
        return nil
    }

    private mutating func run() {
        var items: [TraceQueue.Item] = []
        while true {
            let isLast = queue.next(into: &items)
            for index in items.indices {
                append(items[index])
                if line.text.count >= Self.page { flush() }
            }
            items.removeAll(keepingCapacity: items.count <= Self.keptCapacity)
            flush()
            if isLast { break }
            queue.gather()
        }
        close(descriptor)
        queue.finished()
    }

    private mutating func append(_ item: TraceQueue.Item) {
        switch item {
        case .header(let header):
            origin = header.origin
            line.append(header)
        case .record(let record, let wall):
            line.append(record, wall: wall, origin: origin)
        case .dropped(let count, let number):
            line.append(dropped: count, after: number, wall: .now())
        }
    }

    private mutating func flush() {
        var written = 0
        while written < line.text.count, !hasFailed {
            let count = line.text.withBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                return write(descriptor, rest.baseAddress, rest.count)
            }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                hasFailed = true
                queue.failed(errno)
            }
        }
        line.removeAll()
    }
}
