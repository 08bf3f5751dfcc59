import ModemSimulator
import Subprocess
import Synchronization

/// The broker as a child process with a guardian.
///
/// A shell stands between this process and mosquitto and waits for the end of its standard input, a pipe that this
/// process holds. The pipe ends when the scope ends and also when this process is killed; the shell then kills mosquitto
/// and removes the folder. Both are in a session of their own: Ctrl-C in the terminal reaches this process alone, which
/// may still need its broker.
struct BrokerSupervisor {
    /// $1 mosquitto, $2 its folder. The first line on the pipe is the process of the broker, which says so itself before it
    /// becomes mosquitto: a busy machine may let mosquitto speak before the shell that started it. The shell lets go of
    /// the log's pipe, so the log ends when mosquitto does. There is nothing to save: the broker gets SIGKILL, which
    /// cannot hang.
    private static let script = """
        trap : HUP INT TERM
        sh -c 'echo $$; exec "$0" -c "$1"' "$1" "$2/\(BrokerFiles.configurationName)" </dev/null 2>&1 &
        exec >/dev/null 2>&1
        read -r _
        kill -KILL $!
        wait
        rm -rf -- "$2"
        """

    private let broker: PrivateBroker
    private let lifeline: Lifeline
    private let child: Task<Void, any Error>
    private let endLimit: Duration

    /// Nil if another program has taken one of the ports that had been free.
    static func start(
        _ program: String,
        _ configuration: PrivateBrokerConfiguration
    ) async throws -> BrokerSupervisor? {
        let ports = try ports(for: configuration)
        let folder = try TemporaryFolder()
        do {
            try BrokerFiles(configuration: configuration, ports: ports).write(to: folder)
        } catch {
            folder.remove()
            throw error
        }
        let log = BrokerLog()
        let lifeline = Lifeline()
        // Awaited by `run` and `explain`; not a child task, because the cancellation of the caller must not take the
        // broker away.
        let child = Task { try await supervise(program, folder, log, lifeline) }
        do {
            let broker = try await ready(ports, log, lifeline, configuration)
            let limit = configuration.endLimit
            return BrokerSupervisor(broker: broker, lifeline: lifeline, child: child, endLimit: limit)
        } catch {
            await lifeline.cut()
            guard let failure = await explain(child, log, configuration) else { return nil }
            try Task.checkCancellation()
            throw failure
        }
    }

    /// Waits until the broker has answered. One that hangs is ended after its time, which ends its log.
    private static func ready(
        _ ports: PrivateBroker.Ports,
        _ log: BrokerLog,
        _ lifeline: Lifeline,
        _ configuration: PrivateBrokerConfiguration
    ) async throws -> PrivateBroker {
        let limit = Task {
            try await Task.sleep(for: configuration.startLimit)
            await lifeline.cut()
            // A shell that never began, or does not listen, ends no log.
            try await Task.sleep(for: configuration.endLimit)
            log.end()
        }
        // Nobody awaits it: cancelled here, it does nothing more.
        defer { limit.cancel() }
        let first = try await log.first { _ in true }
        guard let processID = Int32(first) else { throw PrivateBrokerError(.didNotStart, detail: first) }
        let broker = PrivateBroker(ports: ports, log: log, processID: processID)
        _ = try await log.first { $0.hasSuffix(" running") }
        try await BrokerProbe.probe(broker)
        return broker
    }

    /// Why the broker did not start; nil if it should be tried with other ports.
    private static func explain(
        _ child: Task<Void, any Error>,
        _ log: BrokerLog,
        _ configuration: PrivateBrokerConfiguration
    ) async -> PrivateBrokerError? {
        switch await end(of: child, within: configuration.endLimit) {
        case .success: break
        case .failure(let error): return PrivateBrokerError(.didNotStart, detail: "\(error)")
        case nil:
            let detail = "nothing is heard of it; no threads or descriptors left? see ulimit -u, ulimit -n"
            return PrivateBrokerError(.didNotStart, detail: detail)
        }
        let lines = log.lines.dropFirst()
        if lines.contains(where: { $0.contains("Address already in use") }) {
            guard let port = configuration.port else { return nil }
            return PrivateBrokerError(.portUnavailable(port), detail: "Address already in use")
        }
        return PrivateBrokerError(.didNotStart, detail: lines.suffix(3).joined(separator: " | "))
    }

    func run<Result>(_ body: (PrivateBroker) async throws -> Result) async throws -> Result {
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(broker))
        } catch {
            outcome = .failure(error)
        }
        await lifeline.cut()
        try await Self.end(of: child, within: endLimit)?.get()
        return try outcome.get()
    }

    /// How the child ended; nil: it has not, in time.
    private static func end(
        of child: Task<Void, any Error>,
        within limit: Duration
    ) async -> Result<Void, any Error>? {
        await withCheckedContinuation { continuation in
            let waiting = Mutex<CheckedContinuation<Result<Void, any Error>?, Never>?>(continuation)
            let answer = { @Sendable (result: Result<Void, any Error>?) in
                waiting.withLock { waiting in
                    defer { waiting = nil }
                    return waiting
                }?.resume(returning: result)
            }
            let alarm = Task {
                try await Task.sleep(for: limit)
                answer(nil)
            }
            // Neither is awaited: whoever is first answers, and the other one has nothing to say.
            Task {
                answer(await child.result)
                alarm.cancel()
            }
        }
    }

    private static func ports(
        for configuration: PrivateBrokerConfiguration
    ) throws(PrivateBrokerError) -> PrivateBroker.Ports {
        let free = try FreePort.choose(4)
        return PrivateBroker.Ports(
            plain: configuration.port ?? free[0],
            tls: configuration.tls == nil ? nil : free[1],
            mutualTLS: configuration.tls == nil ? nil : free[2],
            password: configuration.users == nil ? nil : free[3]
        )
    }

    private static func supervise(
        _ program: String,
        _ folder: TemporaryFolder,
        _ log: BrokerLog,
        _ lifeline: Lifeline
    ) async throws {
        defer {
            log.end()
            // The shell has done it, if there ever was a shell.
            folder.remove()
        }
        var options = PlatformOptions()
        options.createSession = true
        _ = try await Subprocess.run(
            .name("sh"),
            arguments: ["-c", script, "moonwire-broker", program, folder.path],
            platformOptions: options,
            input: .inputWriter,
            output: .sequence,
            error: .discarded
        ) { execution in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for try await line in execution.standardOutput.strings() {
                        log.append(line)
                    }
                    log.end()
                }
                await lifeline.wait()
                try await execution.standardInputWriter.finish()
                try await group.waitForAll()
            }
        }
    }
}
