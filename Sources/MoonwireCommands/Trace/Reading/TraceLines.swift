internal import Glibc

/// The lines of a file, read piece by piece.
struct TraceLines: ~Copyable {
    let path: String
    /// Number of the line that `next` gave last, from 1.
    private(set) var number = 0
    /// Whether the line that `next` gave last ended with a line feed.
    private(set) var isComplete = true

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// Where the next line begins in `buffer`.
    private var start = 0
    private var isAtEnd = false

    /// - Parameter path: `-` is standard input.
    init(path: String) throws(CommandFailure) {
        self.path = path
        descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandFailure(.usage, "cannot read the trace \(path): \(systemMessage(errno))")
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The next line without its line end; nil at the end of the file.
    mutating func next() throws(CommandFailure) -> [UInt8]? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[start..<end])
                start = end + 1
                number += 1
                return line
            }
            searched = buffer.count
            if isAtEnd {
                guard start < buffer.count else { return nil }
                let line = Array(buffer[start...])
                start = buffer.count
                number += 1
                isComplete = false
                return line
            }
            searched -= start
            buffer.removeFirst(start)
            start = 0
            try fill()
        }
    }

    /// No record is this long: frames end at a few kilobytes. A file of another kind may well be one line.
    private static let lineLimit = 16 << 20

    private mutating func fill() throws(CommandFailure) {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw CommandFailure(.usage, "cannot read the trace \(path): \(systemMessage(errno))")
            }
            isAtEnd = count == 0
            buffer += chunk[..<count]
            guard buffer.count <= Self.lineLimit else {
                throw CommandFailure(
                    .usage,
                    "\(path):\(number + 1): a line of more than \(Self.lineLimit) bytes; is it a trace?"
                )
            }
            return
        }
    }
}
