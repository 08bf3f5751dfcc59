internal import Glibc

/// Talk for people: notices, warnings, errors. Results never go here.
enum StandardError {
    static func say(_ line: String) {
        Descriptor.writeAll(Array((line + "\n").utf8), to: STDERR_FILENO)
    }
}

/// Results. Each call is one write, so that lines of different threads never mix.
enum StandardOutput {
    static func write(_ text: String) {
        Descriptor.writeAll(Array(text.utf8), to: STDOUT_FILENO)
    }

    static func write(_ bytes: [UInt8]) {
        Descriptor.writeAll(bytes, to: STDOUT_FILENO)
    }
}
