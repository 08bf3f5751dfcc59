internal import Glibc

/// Files that the operator names on the command line.
enum InputFile {
    /// What some editors put before the first character of a text.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The content of a text file without a byte order mark, or a usage error that names the path.
    static func text(_ path: String, as what: String, limit: Int = 16 << 20) throws(CommandFailure) -> [UInt8] {
        let content = try read(path, as: what, limit: limit)
        return content.starts(with: byteOrderMark) ? Array(content.dropFirst(byteOrderMark.count)) : content
    }

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
