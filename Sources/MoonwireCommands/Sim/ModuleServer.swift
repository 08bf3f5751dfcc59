internal import Glibc
internal import ModemSimulator
internal import ModemTransports
internal import MosquittoUplink
internal import Synchronization

/// Serves simulated modules until a signal ends them, and leaves nothing behind: no link, no socket, no broker.
struct ModuleServer: Sendable {
    private enum Ending: Sendable {
        case signal
        /// What a module has promised could not be kept.
        case failure(CommandFailure)
    }

    /// A module that has its line.
    private struct Running {
        var served: ServedModule
        var port: ServedPort
        var module: SimulatedModule
    }

    let modules: [ServedModule]
    let network: NetworkOptions
    let log: LineLog?
    let output: ServerOutput

    func serve() async throws {
        let (endings, end) = AsyncStream.makeStream(of: Ending.self)
        let again = InterruptCount()
        try await SignalWatch.withSignals(
            [SIGINT, SIGTERM, SIGHUP],
            handler: { number in
                // The second one does not wait for a broker that is slow to end.
                if again.next() > 1 { _exit(128 + number) }
                end.yield(.signal)
            }
        ) {
            try await network.withDirectory { directory, words in
                let factory = MosquittoUplink.factory(directory: directory)
                try await serve(modules[...], [], factory, onFailure: { end.yield(.failure($0)) }) { running in
                    output.begin(running.map { ($0.served, $0.port) }, broker: words)
                    try await watch(running, until: endings)
                }
            }
        }
    }

    /// Serves the first of the modules, within its scope the others, and in the innermost `body`.
    private func serve(
        _ rest: ArraySlice<ServedModule>,
        _ running: [Running],
        _ factory: @escaping MQTTUplinkFactory,
        onFailure: @escaping @Sendable (CommandFailure) -> Void,
        _ body: ([Running]) async throws -> Void
    ) async throws {
        guard let served = rest.first else { return try await body(running) }
        try await withLine(served) { line, port in
            try await withModule(
                served.configuration,
                on: line,
                uplink: factory,
                store: served.store,
                storeFailed: onFailure
            ) { module in
                let running = running + [Running(served: served, port: port, module: module)]
                try await serve(rest.dropFirst(), running, factory, onFailure: onFailure, body)
            }
        }
    }

    private func watch(_ running: [Running], until endings: AsyncStream<Ending>) async throws {
        let display = StatusDisplay(modules: running.map { ($0.port.name, $0.module) }, form: output.statusForm)
        let ending = await withTaskGroup(of: Ending?.self) { group in
            group.addTask {
                await display.run()
                return nil
            }
            group.addTask {
                for await ending in endings { return ending }
                return nil
            }
            defer { group.cancelAll() }
            for await case let ending? in group { return ending }
            return .signal
        }
        if case .failure(let failure) = ending { throw failure }
    }

    private func withLine(
        _ served: ServedModule,
        _ body: (any ModuleLine, ServedPort) async throws -> Void
    ) async throws {
        func logged(_ line: any ModuleLine, _ name: String) -> any ModuleLine {
            log.map { LoggedLine(line: line, name: name, profile: served.configuration.profile, log: $0) } ?? line
        }
        switch served.place {
        case .pty(let link):
            try await PtyModule.withModule(link: link) { module in
                let port = ServedPort(name: served.name, address: link, device: try await module.device())
                try await body(logged(module, port.name), port)
            }
        case .tcp(let host, let port):
            try await TCPModule.withModule(host: host, port: port) { module in
                let number = try await module.port()
                let shown = host.contains(":") ? "[\(host)]" : host
                let port = ServedPort(name: String(number), address: "tcp://\(shown):\(number)", device: nil)
                try await body(logged(module, port.name), port)
            }
        }
    }
}

/// How often the operator has asked for the end.
private final class InterruptCount: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
}
