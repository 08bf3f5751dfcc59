import Glibc

/// One program from its start to its end, with what it used: output goes to files, so that nobody has to read along.
struct Child {
    struct End {
        /// The exit code; nil when a signal ended it.
        var status: Int32?
        var seconds: Double
        /// The most it had resident, in bytes.
        var peakMemory: Int
        var output: String
        var errors: String
    }

    enum Output { case file, pipeNobodyReads }

    /// Blocks until the program has ended.
    static func run(
        _ arguments: [String],
        in folder: TemporaryFolder,
        environment: [String: String] = [:],
        output: Output = .file
    ) throws -> End {
        let (outputPath, errorPath) = (folder.path + "/stdout", folder.path + "/stderr")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorPath, flags, 0o600)
        var ends: [Int32] = [-1, -1]
        switch output {
        case .file:
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputPath, flags, 0o600)
        case .pipeNobodyReads:
            guard pipe(&ends) == 0 else { throw Failure(errno: errno) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        }
        defer { for end in ends where end >= 0 { close(end) } }
        let start = seconds()
        let child = try spawn(arguments, folder, environment, &actions)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
        return End(
            status: status & 0x7f == 0 ? status >> 8 & 0xff : nil,
            seconds: seconds() - start,
            peakMemory: usage.ru_maxrss << 10,
            output: text(outputPath),
            errors: text(errorPath)
        )
    }

    private static func spawn(
        _ arguments: [String],
        _ folder: TemporaryFolder,
        _ environment: [String: String],
        _ actions: inout posix_spawn_file_actions_t
    ) throws -> pid_t {
        let own = Set(folder.environment.map { "\($0.key)" })
        var variables = (folder.environment.map { ("\($0.key)", $0.value) } + environment).map { "\($0)=\($1)" }
        var next = environ
        while let variable = next.pointee {
            let text = String(cString: variable)
            if let name = text.split(separator: "=").first, !own.contains(String(name)) { variables.append(text) }
            next += 1
        }
        let words = ([Moonwire.path] + arguments).map { strdup($0) } + [nil]
        let environment = variables.map { strdup($0) } + [nil]
        defer { for word in words + environment { free(word) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, Moonwire.path, &actions, nil, words, environment)
        guard failure == 0 else { throw Failure(errno: failure) }
        return child
    }

    /// How much longer something takes here and now than it would alone: wall time over processor time of some work.
    static func slowdown() -> Double {
        let (wall, cpu) = (seconds(), seconds(CLOCK_THREAD_CPUTIME_ID))
        while seconds(CLOCK_THREAD_CPUTIME_ID) - cpu < 0.03 {}
        return max(1, (seconds() - wall) / 0.03)
    }

    private static func seconds(_ clock: clockid_t = CLOCK_MONOTONIC) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    struct Failure: Error { var errno: Int32 }
}
