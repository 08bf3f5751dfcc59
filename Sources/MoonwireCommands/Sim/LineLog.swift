internal import Glibc
internal import Synchronization

/// The log of `moonwire sim --log`: every byte between hosts and modules, a line each time some come.
///
/// `00:01.204 modem0 > AT+CSQ\r`: time since the start, module, direction (`>` from the host, `<` to it), bytes. Secrets
/// are masked, and payloads are not, so that only its owner may read it.
final class LineLog: Sendable {
    enum Direction: String, Sendable { case fromHost = ">", toHost = "<" }

    private let descriptor: Int32
    private let path: String
    private let start = ContinuousClock.now
    private let hasFailed = Mutex(false)

    /// Begins a new file, or empties an old one.
    init(path: String) throws(CommandFailure) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(.usage, "cannot write the log \(path): \(systemMessage(errno))")
        }
    }

    deinit { close(descriptor) }

    func record(_ name: String, _ direction: Direction, _ bytes: [UInt8]) {
        write("\(name) \(direction.rawValue) \(Self.text(bytes))")
    }

    func note(_ name: String, _ words: String) {
        write("\(name) - \(words)")
    }

    private func write(_ text: String) {
        let line = "\(ElapsedTime.stamp(ContinuousClock.now - start)) \(text)\n"
        guard !Descriptor.writeAll(Array(line.utf8), to: descriptor) else { return }
        let reason = systemMessage(errno)
        let isNews = hasFailed.withLock { hasFailed in
            defer { hasFailed = true }
            return !hasFailed
        }
        if isNews { StandardError.say("moonwire: the log \(path) is incomplete: \(reason)") }
    }

    /// Bytes as one line: `\r`, `\n`, `\\` and `\x1a` for what is not printable ASCII.
    static func text(_ bytes: [UInt8]) -> String {
        bytes.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "\r"): text += "\\r"
            case UInt8(ascii: "\n"): text += "\\n"
            case UInt8(ascii: "\\"): text += "\\\\"
            case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
    }
}
