internal import Glibc
internal import ModemSimulator
internal import Synchronization

/// What a simulated module keeps over its restarts, in a folder: certificate files and saved settings.
///
/// A file's name is its place in the store's order and the certificate's name in hexadecimal, so that no name can lead
/// out of the folder. Every change is on the disk when `apply` returns.
final class ModuleStore: Sendable {
    private struct State {
        /// In the order of first download.
        var files: [(name: [UInt8], file: String)] = []
        var settings: [String: String] = [:]
        var next = 0
    }

    private let folder: String
    /// Locked as long as the store is there.
    private let lock: Int32
    private let state = Mutex(State())

    /// Makes the folder when it is not there.
    /// - Throws: `CommandFailure` of status `portBusy` when another program keeps its files there.
    init(folder: String) throws(CommandFailure) {
        self.folder = folder
        try Self.makeFolder(folder)
        lock = open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw CommandFailure(.usage, "cannot write to the state folder \(folder): \(systemMessage(errno))")
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw CommandFailure(.portBusy, "another simulated module keeps its files in \(folder); end it first")
        }
    }

    deinit { close(lock) }

    static func makeFolder(_ folder: String) throws(CommandFailure) {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw CommandFailure(.usage, "cannot make the state folder \(folder): \(systemMessage(errno))")
        }
    }

    /// Clears away what a killed predecessor left half-written, and puts what the folder holds into the configuration of a module.
    func load(into configuration: inout ModuleConfiguration) throws(CommandFailure) {
        var loaded = State()
        for entry in try entries() {
            if entry.hasSuffix(OutputFile.unfinished) {
                try OutputFile.remove("\(folder)/\(entry)")
            } else if entry == "settings" {
                loaded.settings = Self.settings(in: try InputFile.read("\(folder)/settings", as: "saved settings"))
            } else if let (number, name) = Self.parse(entry) {
                let content = try InputFile.read("\(folder)/\(entry)", as: "saved certificate")
                configuration.certificates.append(.init(name: name, content: content))
                loaded.files.append((name, entry))
                loaded.next = max(loaded.next, number + 1)
            }
        }
        configuration.settings.merge(loaded.settings) { _, saved in saved }
        state.withLock { $0 = loaded }
    }

    func apply(_ change: StoreChange) throws(CommandFailure) {
        let result: Result<Void, CommandFailure> = state.withLock { state in
            do throws(CommandFailure) {
                try apply(change, to: &state)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private func apply(_ change: StoreChange, to state: inout State) throws(CommandFailure) {
        switch change {
        case .file(let name, let content):
            let known = state.files.first { $0.name == name }?.file
            let file = known ?? Self.fileName(state.next, name)
            try OutputFile.write(content, to: "\(folder)/\(file)")
            if known == nil {
                state.files.append((name, file))
                state.next += 1
            }
        case .removed(let name):
            guard let index = state.files.firstIndex(where: { $0.name == name }) else { return }
            try OutputFile.remove("\(folder)/\(state.files[index].file)")
            state.files.remove(at: index)
        case .setting(let name, let value):
            state.settings[name] = value
            let lines = state.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
            try OutputFile.write(lines.joined(), to: "\(folder)/settings")
        }
    }

    /// Names in the folder, sorted: the order of first download.
    private func entries() throws(CommandFailure) -> [String] {
        guard let directory = opendir(folder) else {
            throw CommandFailure(.usage, "cannot read the state folder \(folder): \(systemMessage(errno))")
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafePointer(to: entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
            )
        }
        return names.sorted()
    }

    private static func fileName(_ number: Int, _ name: [UInt8]) -> String {
        let digits = String(number)
        let hex = name.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + "-" + hex
    }

    private static func parse(_ entry: String) -> (number: Int, name: [UInt8])? {
        let parts = entry.split(separator: "-")
        guard parts.count == 2, let number = Int(parts[0]), parts[1].utf8.count % 2 == 0 else { return nil }
        var name: [UInt8] = []
        var rest = parts[1][...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            name.append(byte)
            rest = rest.dropFirst(2)
        }
        return (number, name)
    }

    private static func settings(in content: [UInt8]) -> [String: String] {
        var settings: [String: String] = [:]
        for line in String(decoding: content, as: UTF8.self).split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            settings[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        return settings
    }
}
