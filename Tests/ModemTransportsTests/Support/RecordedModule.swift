import ATProtocol
import ModemSession
import ModemTransports
import Synchronization

/// Runs a body twice: with the ends of an in-process line, of which it records what passes, and then with a
/// `ReplayTransport` that plays the records. So whatever holds for a line can be asked of a replayed one.
enum RecordedModule {
    static func withEnds(_ body: (any ModemTransport, any ModuleLine) async throws -> Void) async throws {
        let line = InProcessLine()
        let recording = RecordingTransport(line)
        try await body(recording, line)
        let replay = ReplayTransport(name: "replay:test", records: recording.records)
        let played = PlayedModule(replay.executor)
        try await body(ListeningTransport(base: replay, module: played), played)
    }
}

/// Keeps what passes a line as records of a trace.
private final class RecordingTransport: ModemTransport {
    private let base: InProcessLine
    private let kept = Mutex<[Record]>([])

    init(_ base: InProcessLine) { self.base = base }

    var name: String { base.name }
    var executor: any LineExecutor { base.executor }
    var records: [Record] { kept.withLock { $0 } }

    func withLine<Result>(
        delivering deliver: @escaping @Sendable (LineInput) -> Void,
        _ body: (any OpenLine) async throws -> Result
    ) async throws -> Result {
        try await base.withLine { input in
            switch input {
            case .bytes(let bytes, let at): self.keep(.line, bytes, at)
            case .closed(_, let at): self.keep(.port, [], at, "vanished")
            case .written: break
            }
            deliver(input)
        } _: { line in
            try await body(Tap(base: line) { self.keep(.tx, $0, self.executor.now()) })
        }
    }

    private func keep(_ kind: Record.Kind, _ bytes: [UInt8], _ at: Moment, _ reading: String = "") {
        kept.withLock { records in
            records.append(
                Record(
                    number: UInt64(records.count),
                    at: at,
                    generation: PortGeneration(1),
                    kind: kind,
                    bytes: bytes,
                    reading: reading
                )
            )
        }
    }
}

/// Shows a played module what the host writes.
private struct ListeningTransport: ModemTransport {
    let base: ReplayTransport
    let module: PlayedModule

    var name: String { base.name }
    var executor: any LineExecutor { base.executor }

    func withLine<Result>(
        delivering deliver: @escaping @Sendable (LineInput) -> Void,
        _ body: (any OpenLine) async throws -> Result
    ) async throws -> Result {
        try await base.withLine(delivering: deliver) { line in
            try await body(Tap(base: line) { module.hear($0) })
        }
    }
}

private final class Tap: OpenLine {
    private let base: any OpenLine
    private let heard: @Sendable ([UInt8]) -> Void

    init(base: any OpenLine, heard: @escaping @Sendable ([UInt8]) -> Void) {
        self.base = base
        self.heard = heard
    }

    var hasUndeliveredBytes: Bool { base.hasUndeliveredBytes }

    func write(_ bytes: [UInt8], as id: WriteID) {
        heard(bytes)
        base.write(bytes, as: id)
    }
}

/// The module's end of a replayed line: it says what it said, so what it is told to do now changes nothing.
private final class PlayedModule: ModuleLine {
    let executor: any LineExecutor
    private let inbox = Mutex<(handler: (@Sendable ([UInt8], Moment) -> Void)?, early: [[UInt8]])>((nil, []))

    init(_ executor: any LineExecutor) { self.executor = executor }

    func hear(_ bytes: [UInt8]) {
        let handler = inbox.withLock { inbox in
            if inbox.handler == nil { inbox.early.append(bytes) }
            return inbox.handler
        }
        handler?(bytes, executor.now())
    }

    func onReceive(_ handler: @escaping @Sendable ([UInt8], _ at: Moment) -> Void) {
        let early = inbox.withLock { inbox in
            inbox.handler = handler
            defer { inbox.early = [] }
            return inbox.early
        }
        for bytes in early { handler(bytes, executor.now()) }
    }

    func send(_ bytes: [UInt8]) {}
    func setPresent(_ isPresent: Bool) {}
}
