import Glibc
import ModemSimulator
import MosquittoUplink
import Subprocess
import Testing

@Suite(.timeLimit(.minutes(5))) struct PrivateBrokerTests {
    private struct Surprise: Error {}

    /// The folder of a broker, from its log.
    private func folder(of broker: PrivateBroker) async throws -> String {
        let line = try await broker.log.first { $0.hasPrefix("Config loaded from ") }
        return String(line.dropFirst("Config loaded from ".count).prefix { $0 != "." })
            .split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
    }

    private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    @Test func `Process, port and folder are gone when the scope ends`() async throws {
        let (process, port, folder) = try await withPrivateBroker { broker -> (Int32, Int, String) in
            let folder = try await self.folder(of: broker)
            #expect(exists(folder))
            #expect(kill(broker.processID, 0) == 0)
            return (broker.processID, broker.ports.plain, folder)
        }
        #expect(kill(process, 0) == -1)
        #expect(!exists(folder))
        try await UplinkDriver.with(.broker(host: "127.0.0.1", port: port)) { driver in
            #expect(await driver.connect(.plain()) == .connectFailed(client: 0, .noConnection))
        }
    }

    @Test func `An error of the closure comes through, and nothing is left`() async throws {
        nonisolated(unsafe) var process: Int32 = 0
        await #expect(throws: Surprise.self) {
            try await withPrivateBroker { broker in
                process = broker.processID
                throw Surprise()
            }
        }
        #expect(process > 0)
        #expect(kill(process, 0) == -1)
    }

    @Test func `A cancelled task keeps its broker until its closure has returned`() async throws {
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await withPrivateBroker { broker in
                start.yield()
                // Ends by cancellation.
                await #expect(throws: CancellationError.self) {
                    try await broker.log.first { $0 == "a line that never comes" }
                }
                return try await UplinkDriver.with(broker.directory) { driver in
                    driver.perform(.connect(client: 0, .plain("last-words")))
                    return (broker.processID, try await line(broker))
                }
            }
        }
        for await _ in started { break }
        task.cancel()
        let (process, _) = try await task.value
        #expect(kill(process, 0) == -1)
    }

    /// Waits for the connection in a task that is not cancelled.
    private func line(_ broker: PrivateBroker) async throws -> String {
        try await Task { try await broker.log.first { $0.contains("as last-words") } }.value
    }

    @Test func `A port that was asked for is used`() async throws {
        let port = try await withPrivateBroker { $0.ports.plain }
        try await withPrivateBroker(.init(port: port)) { broker in
            #expect(broker.ports.plain == port)
        }
    }

    @Test func `A port that is taken is an error that names it`() async throws {
        try await withPrivateBroker { first in
            let error = await #expect(throws: PrivateBrokerError.self) {
                try await withPrivateBroker(.init(port: first.ports.plain)) { _ in }
            }
            #expect(error?.code == .portUnavailable(first.ports.plain))
            #expect(error?.description.contains("port \(first.ports.plain) cannot be used") == true)
        }
    }

    /// As on a busy machine, where mosquitto may speak before the shell that started it goes on.
    @Test func `A broker is ready however slowly its guardian speaks`() async throws {
        try await Self.withShell(Self.slowShell) { folder in
            await #expect(processExitsWith: .success) { [folder = folder as String] in
                setenv("PATH", folder + ":" + String(cString: getenv("PATH")), 1)
                try await withPrivateBroker { broker in
                    let first = broker.log.lines.first
                    exit(first == "\(broker.processID)" && kill(broker.processID, 0) == 0 ? 0 : 2)
                }
            }
        }
    }

    /// As on a machine that has no descriptor left for the watch over a child process.
    @Test func `A guardian that neither speaks nor ends is not waited for without end`() async throws {
        try await Self.withShell("#!/bin/sh\nexec sleep 5\n") { folder in
            await #expect(processExitsWith: .success) { [folder = folder as String] in
                setenv("PATH", folder + ":" + String(cString: getenv("PATH")), 1)
                var configuration = PrivateBrokerConfiguration()
                configuration.startLimit = .milliseconds(100)
                configuration.endLimit = .milliseconds(100)
                do {
                    try await withPrivateBroker(configuration) { _ in }
                } catch let error as PrivateBrokerError where error.code == .didNotStart {
                    print(error)
                    exit("\(error)".contains("ulimit -n") ? 0 : 3)
                }
                exit(2)
            }
        }
    }

    /// Runs `body` with a folder in which `sh` is that program.
    private static func withShell(_ program: String, _ body: (String) async throws -> Void) async throws {
        var template = Array("/tmp/moonwire-test-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { rmdir(folder) }
        let shell = "\(folder)/sh"
        defer { unlink(shell) }
        // Not written by this process: a program that another test starts at this moment would have the file open for
        // writing until it has begun, and nobody could execute it so long.
        let copied = try await Subprocess.run(
            .name("install"),
            arguments: ["-m", "700", "/dev/stdin", shell],
            input: .string(program),
            output: .discarded
        )
        try #require(copied.terminationStatus.isSuccess)
        try await body(folder)
    }

    private static let slowShell = #"""
        #!/bin/sh
        [ "$3" = moonwire-broker ] || exec /bin/sh "$@"
        script="echo() { sleep 0.3; command echo \"\$@\"; }
        $2"
        shift 2
        exec /bin/sh -c "$script" "$@"
        """#

    @Test func `The log ends when the broker does, and says so to whoever waits`() async throws {
        try await withPrivateBroker { broker in
            kill(broker.processID, SIGKILL)
            let error = await #expect(throws: PrivateBrokerError.self) {
                try await broker.log.first { $0 == "a line that never comes" }
            }
            #expect(error?.code == .ended)
        }
    }

    @Test func `Without the program the error says how to install it`() async throws {
        await #expect(processExitsWith: .success) {
            setenv("PATH", "/nowhere", 1)
            do {
                try await withPrivateBroker(.init(searchPath: ["/nowhere"])) { _ in }
                exit(1)
            } catch let error as PrivateBrokerError {
                let message = error.description
                exit(error.code == .notInstalled && message.contains("sudo apt-get install mosquitto") ? 0 : 2)
            }
        }
    }

    @Test func `A program that dies takes its broker and the folder with it`() async throws {
        var template = Array("/tmp/moonwire-test-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { rmdir(folder) }
        let watch = try FolderWatch(folder)
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
            setenv("TMPDIR", folder, 1)
            try await withPrivateBroker { broker in
                guard access("/proc/\(broker.processID)", F_OK) == 0 else { exit(1) }
                kill(getpid(), SIGKILL)
            }
        }
        // The guardian removes the folder last: once it is gone, so is the broker.
        #expect(watch.waitUntilEmpty())
    }
}
