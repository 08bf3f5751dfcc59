internal import Glibc

/// Files that a command writes: complete under their name, or not there.
enum OutputFile {
    /// What the name of a file ends in until it is complete.
    static let unfinished = ".new"

    /// When a file counts as written.
    enum Durability: Equatable {
        /// On the disk, so that a reader never meets half of it even after a loss of power.
        case onDisk
        /// Taken over by the system, so that it outlives this process.
        case takenOver
    }

    static func write(_ text: String, to path: String, _ durability: Durability = .onDisk) throws(CommandFailure) {
        try write(Array(text.utf8), to: path, durability)
    }

    /// Writes a new file beside `path` and renames it, so that a reader never meets half of it.
    static func write(_ bytes: [UInt8], to path: String, _ durability: Durability = .onDisk) throws(CommandFailure) {
        let temporary = "\(path).\(getpid())\(unfinished)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        let isWritten =
            Descriptor.writeAll(bytes, to: descriptor) && (durability == .takenOver || fsync(descriptor) == 0)
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            let problem = failure(path)
            unlink(temporary)
            throw problem
        }
        if durability == .onDisk { try synchronizeFolder(of: path) }
    }

    /// Removes a file for good; one that is not there is no error.
    static func remove(_ path: String) throws(CommandFailure) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
        try synchronizeFolder(of: path)
    }

    private static func synchronizeFolder(of path: String) throws(CommandFailure) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(.usage, "cannot write \(path): \(systemMessage(errno))")
    }
}
