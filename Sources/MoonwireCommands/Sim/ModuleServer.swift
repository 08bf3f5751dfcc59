internal import A7600
internal import Glibc
internal import ModemSimulator
internal import ModemTransports
internal import MosquittoUplink

/// Serves one simulated module until a signal ends it, and leaves nothing behind.
struct ModuleServer: Sendable {
    enum Place: Equatable, Sendable {
        case pty(link: String)
        case tcp(host: String, port: Int)
    }

    let place: Place
    let configuration: ModuleConfiguration
    let store: ModuleStore?
    let network: NetworkOptions

    func serve() async throws {
        var configuration = configuration
        try store?.load(into: &configuration)
        let (signals, tell) = AsyncStream.makeStream(of: Int32.self)
        try await SignalWatch.withSignals([SIGINT, SIGTERM], handler: { tell.yield($0) }) {
            try await network.withDirectory { directory, words in
                try await withLine { line, name in
                    let uplink = MosquittoUplink.factory(directory: directory)
                    try await withModule(configuration, on: line, uplink: uplink, persist: persist) { _ in
                        StandardOutput.write("\(configuration.profile.identity) on \(name), \(words); Ctrl-C ends it\n")
                        for await _ in signals { break }
                    }
                }
            }
        }
    }

    private func persist(_ change: StoreChange) {
        do {
            try store?.apply(change)
        } catch {
            StandardError.say("moonwire: \(error.message)")
        }
    }

    private func withLine(_ body: (any ModuleLine, String) async throws -> Void) async throws {
        switch place {
        case .pty(let link):
            try await PtyModule.withModule(link: link) { module in
                try await body(module, "\(link) (\(try await module.device() ?? "no terminal"))")
            }
        case .tcp(let host, let port):
            try await TCPModule.withModule(host: host, port: port) { module in
                try await body(module, "tcp://\(host):\(try await module.port())")
            }
        }
    }
}
