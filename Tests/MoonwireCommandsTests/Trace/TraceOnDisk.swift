import Glibc

@testable import MoonwireCommands

/// Traces for tests: recorded ones, and texts as temporary files.
enum TraceOnDisk {
    static func recorded(_ name: String) -> String {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        return "/\(folder)/Fixtures/\(name).jsonl"
    }

    /// Runs `body` with the path of a file that contains `text`.
    static func with<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
        var template = Array("/tmp/moonwire-trace-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        Descriptor.writeAll(Array(text.utf8), to: descriptor)
        close(descriptor)
        return try body(path)
    }

    static func timeline(_ lines: [String]) throws -> TraceTimeline {
        try with(([#"{"v":1,"profile":"a7600","port":"p","wall":""}"#] + lines).joined(separator: "\n") + "\n") {
            try TraceTimeline(path: $0)
        }
    }
}
