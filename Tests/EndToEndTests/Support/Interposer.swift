import Subprocess

/// A shared library that stands before the system's own, for what no folder or port can be made to do: a disk that does
/// not answer, a system without threads.
enum Interposer {
    /// Compiles it. Its path belongs into the program's `LD_PRELOAD`.
    static func library(_ source: String, in folder: TemporaryFolder) async throws -> String {
        let (file, library) = (try folder.file("interposer.c", source), folder.path + "/interposer.so")
        let compiler = try await Subprocess.run(
            .name("cc"),
            arguments: ["-shared", "-fPIC", "-o", .init(library), .init(file), "-ldl"],
            output: .discarded,
            error: .string(limit: 1 << 16)
        )
        guard compiler.terminationStatus.isSuccess else { throw Failure(errors: compiler.standardError) }
        return library
    }

    struct Failure: Error { var errors: String }
}
