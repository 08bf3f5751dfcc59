public import ATProtocol
public import ModemSession
internal import NIOCore

/// A line within the process: one end for a session, the other for a simulated module.
public final class InProcessLine: ModemTransport, ModuleLine {
    private struct State {
        var isPresent = true
        var host: (@Sendable (LineInput) -> Void)?
        var module = ModuleInbox()
    }

    public let name: String
    private let loop: LineLoop
    private let state: NIOLoopBoundBox<State>

    public var executor: any LineExecutor { loop.executor }

    public init(name: String = "sim", loop: LineLoop = .shared) {
        self.name = name
        self.loop = loop
        state = NIOLoopBoundBox.makeBoxSendingValue(State(), eventLoop: loop.eventLoop)
    }

    // MARK: - The session's end

    public func withLine<Result>(
        delivering deliver: @escaping @Sendable (LineInput) -> Void,
        _ body: (any OpenLine) async throws -> Result
    ) async throws -> Result {
        try await loop.eventLoop.submit { try self.connect(deliver) }.get()
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(HostEnd(line: self)))
        } catch {
            outcome = .failure(error)
        }
        try await loop.eventLoop.submit { self.state.value.host = nil }.get()
        return try outcome.get()
    }

    private func connect(_ deliver: @escaping @Sendable (LineInput) -> Void) throws(TransportError) {
        guard state.value.isPresent else {
            throw TransportError(code: .notFound, port: name, message: "the simulated port is not there")
        }
        guard state.value.host == nil else {
            throw TransportError(code: .busy, port: name, message: "the line is open already")
        }
        state.value.host = deliver
    }

    private final class HostEnd: OpenLine {
        private let line: InProcessLine

        init(line: InProcessLine) { self.line = line }

        var hasUndeliveredBytes: Bool { false }

        func write(_ bytes: [UInt8], as id: WriteID) {
            line.executor.execute { [line] in line.wrote(bytes, as: id) }
        }
    }

    private func wrote(_ bytes: [UInt8], as id: WriteID) {
        guard let host = state.value.host, state.value.isPresent else { return }
        host(.written(id, at: executor.now()))
        state.value.module.receive(bytes, at: executor.now())?(bytes, executor.now())
    }

    // MARK: - The module's end

    public func onReceive(_ handler: @escaping @Sendable ([UInt8], _ at: Moment) -> Void) {
        executor.execute { [self] in
            for piece in state.value.module.open(handler) { handler(piece.bytes, piece.at) }
        }
    }

    public func send(_ bytes: [UInt8]) {
        executor.execute { [self] in
            guard state.value.isPresent, !bytes.isEmpty else { return }
            state.value.host?(.bytes(bytes, at: executor.now()))
        }
    }

    public func setPresent(_ isPresent: Bool) {
        executor.execute { [self] in
            guard state.value.isPresent != isPresent else { return }
            state.value.isPresent = isPresent
            if !isPresent { state.value.host?(.closed(.vanished, at: executor.now())) }
        }
    }
}
