internal import Glibc

/// Talk for people: notices, warnings, errors. Results never go here.
enum StandardError {
    static func say(_ line: String) {
        writeAll(Array((line + "\n").utf8), to: STDERR_FILENO)
    }
}

/// Results. Each call is one write, so that lines of different threads never mix.
enum StandardOutput {
    static func write(_ text: String) {
        writeAll(Array(text.utf8), to: STDOUT_FILENO)
    }

    static func write(_ bytes: [UInt8]) {
        writeAll(bytes, to: STDOUT_FILENO)
    }
}

/// Writes everything, or gives up when the reader is gone: nobody is left to be told.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }
}
