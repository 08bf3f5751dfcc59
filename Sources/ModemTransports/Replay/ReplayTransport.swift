public import ATProtocol
public import ModemSession
internal import NIOCore

/// A recorded module instead of a real one.
///
/// It answers what the host writes with the bytes of a trace, cut as they were, at the recorded distances on a virtual
/// clock: a trace of ten minutes takes as long as the host needs to think. What the host writes otherwise than when the
/// trace was recorded is a difference; masked bytes are compared by number alone.
public final class ReplayTransport: ModemTransport {
    private struct State {
        var script: ReplayScript
        var deliver: (@Sendable (LineInput) -> Void)?
        /// From recorded time to the clock's; set anew by each write, so that answers keep their distance to it.
        var offset: Duration = .zero
        var timer: (any LineTimer)?
    }

    public let name: String
    private let clock: VirtualClock
    private let eventLoop: any EventLoop
    private let state: NIOLoopBoundBox<State>

    public var executor: any LineExecutor { clock }

    /// - Parameters:
    ///   - name: the address as the operator wrote it.
    ///   - records: of one trace, in its order.
    public init(name: String, records: [Record], loop: LineLoop = .shared) {
        self.name = name
        clock = VirtualClock(loop.eventLoop)
        eventLoop = loop.eventLoop
        state = NIOLoopBoundBox.makeBoxSendingValue(State(script: ReplayScript(records)), eventLoop: loop.eventLoop)
    }

    /// Differences so far, in the order they were noticed.
    public func differences() async throws -> [ReplayDifference] {
        try await eventLoop.submit { self.state.value.script.differences }.get()
    }

    /// What the recorded host wrote and this one has not, or not yet.
    public func unwritten() async throws -> [ReplayDifference] {
        try await eventLoop.submit { self.state.value.script.unwritten }.get()
    }

    public func withLine<Result>(
        delivering deliver: @escaping @Sendable (LineInput) -> Void,
        _ body: (any OpenLine) async throws -> Result
    ) async throws -> Result {
        try await eventLoop.submit { self.open(deliver) }.get()
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(Port(transport: self)))
        } catch {
            outcome = .failure(error)
        }
        try await eventLoop.submit { self.close() }.get()
        return try outcome.get()
    }

    private final class Port: OpenLine {
        private let transport: ReplayTransport

        init(transport: ReplayTransport) { self.transport = transport }

        var hasUndeliveredBytes: Bool { false }

        func write(_ bytes: [UInt8], as id: WriteID) {
            transport.clock.execute { [transport] in transport.wrote(bytes, as: id) }
        }
    }

    private func open(_ deliver: @escaping @Sendable (LineInput) -> Void) {
        state.value.deliver = deliver
        if state.value.timer == nil {
            state.value.timer = clock.makeTimer { [weak self] in self?.play() }
        }
        // Not inside of `withLine`: its body is not running yet.
        clock.execute { self.play() }
    }

    private func close() {
        state.value.deliver = nil
        state.value.timer?.set(nil)
        clock.setLimit(nil)
    }

    private func wrote(_ bytes: [UInt8], as id: WriteID) {
        guard let deliver = state.value.deliver else { return }
        let now = clock.now()
        deliver(.written(id, at: now))
        if let recorded = state.value.script.hostWrote(bytes) {
            state.value.offset = .nanoseconds(now.nanoseconds - recorded.nanoseconds)
        }
        play()
    }

    /// Delivers what is due and sets the clock for what is not.
    private func play() {
        while let deliver = state.value.deliver {
            switch state.value.script.next {
            case .host(let at):
                clock.setLimit(at + state.value.offset)
                return
            case .end:
                clock.setLimit(nil)
                return
            case .deliver(let bytes, let at):
                guard isDue(at) else { return }
                state.value.script.pass()
                if !bytes.isEmpty { deliver(.bytes(bytes, at: clock.now())) }
            case .lose(let at):
                guard isDue(at) else { return }
                state.value.script.pass()
                state.value.deliver = nil
                deliver(.closed(.vanished, at: clock.now()))
            }
        }
    }

    private func isDue(_ recorded: Moment) -> Bool {
        let due = recorded + state.value.offset
        guard due > clock.now() else { return true }
        clock.setLimit(nil)
        state.value.timer?.set(due)
        return false
    }
}
