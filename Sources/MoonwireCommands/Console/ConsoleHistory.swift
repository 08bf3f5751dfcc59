internal import Glibc

/// The lines typed into the console, one file for each model of module: `$XDG_STATE_HOME/moonwire/history/A7600C`.
///
/// Lines with secrets are never stored. What cannot be written is not worth stopping for.
struct ConsoleHistory: Sendable {
    let path: String
    private static let limit = 1000

    init(model: String, folder: String = StateFolder.path + "/history") {
        let name = model.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "_" }
        path = folder + "/" + (name.isEmpty ? "modem" : String(name))
    }

    /// The newest lines, the oldest first.
    func load() -> [String] {
        guard let content = try? InputFile.read(path, as: "history") else { return [] }
        return String(decoding: content, as: UTF8.self).split(separator: "\n").suffix(Self.limit).map(String.init)
    }

    /// Appends one line. Two consoles may write the same file: a line is one write.
    func append(_ line: String) {
        makeFolder()
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        Descriptor.writeAll(Array("\(line)\n".utf8), to: descriptor)
        close(descriptor)
    }

    private func makeFolder() {
        var built = ""
        for part in path.split(separator: "/").dropLast() {
            built += "/\(part)"
            mkdir(built, 0o700)
        }
    }
}
