import Glibc
import Subprocess

/// A folder for one test: its scripts, and the state of the programs it runs.
struct TemporaryFolder: Sendable {
    let path: String

    static func with<Result>(_ body: (TemporaryFolder) async throws -> Result) async throws -> Result {
        var template = Array("/tmp/moonwire-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(errno: errno) }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        do {
            let result = try await body(TemporaryFolder(path: path))
            try await remove(path)
            return result
        } catch {
            try await remove(path)
            throw error
        }
    }

    var environment: [Environment.Key: String] {
        [
            "XDG_STATE_HOME": path + "/state", "XDG_CACHE_HOME": path + "/cache",
            "XDG_CONFIG_HOME": path + "/config", "NO_COLOR": "1", "MOONWIRE_PORT": "", "COLUMNS": "80",
            "MOONWIRE_SYSFS": path + "/sys",
        ]
    }

    /// Writes a file and returns its path.
    func file(_ name: String, _ content: String) throws -> String {
        let path = path + "/" + name
        guard let file = fopen(path, "w") else { throw Failure(errno: errno) }
        fputs(content, file)
        fclose(file)
        return path
    }

    /// A program of this content, written by another process: one that this process starts for another test would have
    /// the file open for writing until it has begun, and nobody could execute it so long.
    func program(_ name: String, _ content: String) async throws {
        let copied = try await Subprocess.run(
            .name("install"),
            arguments: ["-m", "700", "/dev/stdin", path + "/" + name],
            input: .string(content),
            output: .discarded
        )
        guard copied.terminationStatus.isSuccess else { throw Failure(errno: ENOEXEC) }
    }

    private static func remove(_ path: String) async throws {
        _ = try await Subprocess.run(.name("rm"), arguments: ["-rf", "--", path], output: .discarded)
    }

    struct Failure: Error { var errno: Int32 }
}
