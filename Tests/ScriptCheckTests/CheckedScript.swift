import ModemScripting
import ScriptCheck

/// Checks sources that lie in memory.
enum CheckedScript {
    /// - Parameter files: modules, by path.
    static func problems(
        _ source: String,
        path: String = "t.lua",
        files: [String: String] = [:],
        modulePaths: [String] = []
    ) -> [Problem] {
        ScriptCheck(
            ScriptAPI.reference,
            version: ScriptAPI.version,
            modulePaths: modulePaths,
            refusal: { line, data in
                line.starts(with: "AT+BAD".utf8) ? "AT+BAD is bad with \(data?.count ?? 0) bytes" : nil
            },
            read: { files[$0].map { Array($0.utf8) } }
        ).problems(of: Array(source.utf8), path: path)
    }

    static func lines(_ source: String, files: [String: String] = [:], modulePaths: [String] = []) -> [String] {
        problems(source, files: files, modulePaths: modulePaths).map(\.description)
    }
}
