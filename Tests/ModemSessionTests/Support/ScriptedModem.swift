import ATProtocol
import ModemSession
import Synchronization

/// A transport whose module answers as a test says.
final class ScriptedModem: ModemTransport {
    /// What follows a write.
    enum Step {
        case send(String)
        case bytes([UInt8])
        /// The port is gone.
        case vanish
    }

    enum WriteReports {
        case onWrite, none
        /// Those of data, which are no command line, wait for `confirmWrites`.
        case exceptData
    }

    private struct State {
        var deliver: (@Sendable (LineInput) -> Void)?
        var written: [String] = []
        var openings = 0
        var refusals: [TransportError] = []
        var reports = WriteReports.onWrite
        var unconfirmed: [WriteID] = []
        var answer: (@Sendable (String) -> [Step])
        var waiting: (count: Int, continuation: CheckedContinuation<Void, Never>)?
        var pulses = 0
    }

    let name = "scripted"
    let virtual = VirtualExecutor()
    private let state: Mutex<State>

    var executor: any LineExecutor { virtual }

    /// - Parameter answer: the steps that follow each write, by its text. The default echoes and says OK.
    init(_ answer: @escaping @Sendable (String) -> [Step] = ScriptedModem.echoAndOK) {
        state = Mutex(State(answer: answer))
    }

    static let echoAndOK: @Sendable (String) -> [Step] = { [.send("\($0)\r\nOK\r\n")] }

    /// The engine's own probe is answered; what a test is about is left to `rest`.
    static func answering(_ rest: @escaping @Sendable (String) -> [Step]) -> @Sendable (String) -> [Step] {
        { $0 == "AT\r" ? echoAndOK($0) : rest($0) }
    }

    func withLine<Result>(
        delivering deliver: @escaping @Sendable (LineInput) -> Void,
        _ body: (any OpenLine) async throws -> Result
    ) async throws -> Result {
        let refusal = state.withLock { state -> TransportError? in
            state.openings += 1
            guard state.refusals.isEmpty else { return state.refusals.removeFirst() }
            state.deliver = deliver
            return nil
        }
        if let refusal { throw refusal }
        defer { state.withLock { $0.deliver = nil } }
        return try await body(Port(modem: self))
    }

    private final class Port: OpenLine {
        private let modem: ScriptedModem

        init(modem: ScriptedModem) { self.modem = modem }

        var hasUndeliveredBytes: Bool { false }
        func write(_ bytes: [UInt8], as id: WriteID) { modem.wrote(bytes, as: id) }
        func pulseDTR(for duration: Duration) { modem.state.withLock { $0.pulses += 1 } }
    }

    private func wrote(_ bytes: [UInt8], as id: WriteID) {
        let text = String(decoding: bytes, as: UTF8.self)
        let (deliver, steps, reports, waiter) = state.withLock { state in
            state.written.append(text)
            var waiter: CheckedContinuation<Void, Never>?
            if let waiting = state.waiting, state.written.count >= waiting.count {
                waiter = waiting.continuation
                state.waiting = nil
            }
            return (state.deliver, state.answer(text), state.reports, waiter)
        }
        // At once, inside the write: the session has to stand that.
        switch reports {
        case .exceptData where !text.hasPrefix("AT"): state.withLock { $0.unconfirmed.append(id) }
        case .onWrite, .exceptData: deliver?(.written(id, at: executor.now()))
        case .none: break
        }
        executor.execute { [self] in run(steps) }
        waiter?.resume()
    }

    private func run(_ steps: [Step]) {
        for step in steps {
            let deliver = state.withLock { $0.deliver }
            switch step {
            case .send(let text): deliver?(.bytes(Array(text.utf8), at: executor.now()))
            case .bytes(let bytes): deliver?(.bytes(bytes, at: executor.now()))
            case .vanish: deliver?(.closed(.vanished, at: executor.now()))
            }
        }
    }

    // MARK: - What a test does and sees

    func perform(_ steps: Step...) {
        executor.execute { [self] in run(steps) }
    }

    /// Writes that were not confirmed have left now, and all later ones leave at once.
    func confirmWrites() {
        executor.execute { [self] in
            let (deliver, ids) = state.withLock { state in
                defer { state.unconfirmed = [] }
                state.reports = .onWrite
                return (state.deliver, state.unconfirmed)
            }
            for id in ids { deliver?(.written(id, at: executor.now())) }
        }
    }

    var written: [String] { state.withLock { $0.written } }
    var openings: Int { state.withLock { $0.openings } }
    var pulses: Int { state.withLock { $0.pulses } }

    func setAnswer(_ answer: @escaping @Sendable (String) -> [Step]) { state.withLock { $0.answer = answer } }
    func setWriteReports(_ reports: WriteReports) { state.withLock { $0.reports = reports } }
    func refuse(_ errors: TransportError...) { state.withLock { $0.refusals = errors } }

    /// Waits until `text` has been written as the last of at least `count` writes.
    func wrote(count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.written.count >= count { return true }
                state.waiting = (count, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
