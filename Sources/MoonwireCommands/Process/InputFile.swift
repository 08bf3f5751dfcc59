internal import Glibc

/// Files that the operator names on the command line.
enum InputFile {
    /// The whole content, or a usage error that names the path.
    static func read(_ path: String, as what: String, limit: Int = 16 << 20) throws(CommandFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandFailure(.usage, "cannot read the \(what) \(path): \(systemMessage(errno))")
        }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw CommandFailure(.usage, "cannot read the \(what) \(path): \(systemMessage(errno))")
            }
            if count == 0 { return content }
            content += chunk[..<count]
            guard content.count <= limit else {
                throw CommandFailure(.usage, "the \(what) \(path) is larger than \(limit) bytes")
            }
        }
    }
}
