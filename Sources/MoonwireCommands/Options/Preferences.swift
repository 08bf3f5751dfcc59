internal import Glibc

/// What stands in for options that are not given: `MOONWIRE_…`, then the project's file, then the user's.
///
/// The project's file is `.moonwire` in the present folder or the nearest one above it; the user's is
/// `$XDG_CONFIG_HOME/moonwire/config`. Both hold lines `port = /dev/ttyUSB2`; `#` begins a comment.
struct Preferences: Sendable {
    enum Name: String, CaseIterable, Sendable { case port, profile, baud, flow }

    /// A value, and where it was found, for messages: `MOONWIRE_BAUD`, or file and line.
    struct Value: Equatable, Sendable {
        var text: String
        var origin: String
    }

    private let environment: @Sendable (String) -> String?
    /// The first one counts.
    private let files: [[Name: Value]]

    /// - Throws: `CommandFailure` of status `usage` with file and line.
    init(
        environment: @escaping @Sendable (String) -> String? = { MoonwireCommands.environment($0) },
        folder: String = Self.presentFolder
    ) throws(CommandFailure) {
        self.environment = environment
        var files: [[Name: Value]] = []
        for path in [Self.projectFile(above: folder), Self.userFile(environment)] {
            if let path, access(path, F_OK) == 0 { files.append(try Self.read(path)) }
        }
        self.files = files
    }

    func value(_ name: Name) -> Value? {
        let variable = "MOONWIRE_" + name.rawValue.uppercased()
        if let text = environment(variable) { return Value(text: text, origin: variable) }
        return files.lazy.compactMap { $0[name] }.first
    }

    private static func projectFile(above folder: String) -> String? {
        var parts = folder.split(separator: "/")[...]
        while true {
            let path = parts.map { "/\($0)" }.joined() + "/.moonwire"
            var status = stat()
            if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG { return path }
            if parts.popLast() == nil { return nil }
        }
    }

    private static func userFile(_ environment: (String) -> String?) -> String? {
        if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return folder + "/moonwire/config" }
        return environment("HOME").map { $0 + "/.config/moonwire/config" }
    }

    private static func read(_ path: String) throws(CommandFailure) -> [Name: Value] {
        let text = try InputFile.text(path, as: "file of preferences", limit: 65_536)
        var values: [Name: Value] = [:]
        // As bytes: CR LF is one Character, which no "\n" splits.
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let content = trimmed(String(decoding: line, as: UTF8.self).prefix { $0 != "#" })
            if content.isEmpty { continue }
            let origin = "\(path):\(index + 1)"
            let parts = content.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = Name(rawValue: trimmed(parts[0])) else {
                let names = Name.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(.usage, "\(origin): \(content): one of \(names), =, and a value expected")
            }
            values[name] = Value(text: trimmed(parts[1]), origin: origin)
        }
        return values
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
        return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    private static var presentFolder: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }
}
