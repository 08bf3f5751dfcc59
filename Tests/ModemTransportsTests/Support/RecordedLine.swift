import ATProtocol
import ModemSession
import ModemTransports
import Synchronization

/// An open line whose inputs are kept in order until a test asks for them.
final class RecordedLine: Sendable {
    /// An input without its stamp.
    enum Input: Equatable {
        case bytes([UInt8])
        case written(UInt64)
        case closed(PortLoss)
    }

    private let stream: AsyncStream<LineInput>
    private let line: any OpenLine
    private let executor: any LineExecutor
    private let lastWrite = Atomic<UInt64>(0)
    private let seen = Mutex<(rest: [UInt8], stamps: [Moment])>(([], []))

    init(_ line: any OpenLine, _ stream: AsyncStream<LineInput>, _ executor: any LineExecutor) {
        self.line = line
        self.stream = stream
        self.executor = executor
    }

    /// Writes are numbered from 1.
    func write(_ bytes: [UInt8]) {
        let id = WriteID(lastWrite.add(1, ordering: .relaxed).newValue)
        executor.execute { [line] in line.write(bytes, as: id) }
    }

    var stamps: [Moment] { seen.withLock { $0.stamps } }

    /// The next `count` bytes; reports of writes between them are passed over.
    func bytes(_ count: Int) async throws -> [UInt8] {
        while seen.withLock({ $0.rest.count }) < count {
            switch try await next() {
            case .bytes(let bytes): seen.withLock { $0.rest += bytes }
            case .written: continue
            case .closed(let loss): throw Unexpected(loss: loss)
            }
        }
        return seen.withLock { seen in
            defer { seen.rest.removeFirst(count) }
            return Array(seen.rest[..<count])
        }
    }

    func inputs(until last: Input) async throws -> [Input] {
        var inputs: [Input] = []
        while inputs.last != last {
            inputs.append(try await next())
            guard inputs.count < 1000 else { throw Unexpected(loss: nil) }
        }
        return inputs
    }

    func closed() async throws -> PortLoss {
        while true {
            if case .closed(let loss) = try await next() { return loss }
        }
    }

    struct Unexpected: Error { var loss: PortLoss? }

    private func next() async throws -> Input {
        for await input in stream {
            let (stamp, plain): (Moment, Input) =
                switch input {
                case .bytes(let bytes, let at): (at, .bytes(bytes))
                case .written(let id, let at): (at, .written(id.number))
                case .closed(let loss, let at): (at, .closed(loss))
                }
            seen.withLock { $0.stamps.append(stamp) }
            return plain
        }
        try Task.checkCancellation()
        throw Unexpected(loss: nil)
    }
}

extension ModemTransport {
    func withRecordedLine<Result>(_ body: (RecordedLine) async throws -> Result) async throws -> Result {
        let (stream, inputs) = AsyncStream<LineInput>.makeStream()
        return try await withLine {
            inputs.yield($0)
        } _: { line in
            try await body(RecordedLine(line, stream, executor))
        }
    }
}

extension LineExecutor {
    /// Returns when everything handed over before has run.
    func passed() async throws {
        await withCheckedContinuation { continuation in
            execute { continuation.resume() }
        }
    }
}
