import CLuaShim
import Glibc

/// Which files a script may touch, and opening them. Names are relative to the script's folder; folders are held by
/// path and opened per use, so a grant may name a folder that appears later.
struct FileAccess: Sendable {
    enum Purpose {
        case reading
        /// Created when absent; emptied, or written at its end.
        case writing(appending: Bool)
    }

    /// Absolute, without `.` and `..`.
    let folder: String?
    let readable: [String]
    let writable: [String]

    init(folder: String?, grants: LuaGrants) {
        self.folder = folder.map { Self.absolute($0) }
        readable = (folder.map { [Self.absolute($0)] } ?? []) + grants.read.map { Self.absolute($0) }
        writable = grants.write.map { Self.absolute($0) }
    }

    /// A descriptor of a regular file. Fails with kind `denied` or `error`.
    func open(_ name: String, for purpose: Purpose) throws(LuaFailure) -> Int32 {
        guard !name.isEmpty, !name.utf8.contains(0) else {
            throw LuaFailure(.argument, "'\(name)' is no file name")
        }
        guard let path = absolutePath(of: name) else { throw refusal(name, purpose) }
        var lastError: Int32?
        for root in roots(for: purpose) {
            guard let rest = Self.part(of: path, below: root) else { continue }
            let result = open(rest, below: root, purpose)
            if result >= 0 { return result }
            if lastError == nil || lastError == EXDEV { lastError = -result }
        }
        guard let lastError, lastError != EXDEV, lastError != ELOOP else { throw refusal(name, purpose) }
        throw LuaFailure(.error, "cannot open '\(name)': \(Self.words(lastError))", code: Int64(lastError))
    }

    /// Opens below one folder alone, for `require`.
    func open(_ name: String, below root: String) -> Int32 {
        open(name, below: Self.absolute(root), .reading)
    }

    private func open(_ path: String, below root: String, _ purpose: Purpose) -> Int32 {
        let flags: Int32
        switch purpose {
        case .reading: flags = O_RDONLY
        case .writing(appending: true): flags = O_WRONLY | O_CREAT | O_APPEND
        case .writing(appending: false): flags = O_WRONLY | O_CREAT | O_TRUNC
        }
        return mwl_open_beneath(root, path, flags, 0o644)
    }

    private func roots(for purpose: Purpose) -> [String] {
        switch purpose {
        case .reading: readable
        case .writing: writable
        }
    }

    private func refusal(_ name: String, _ purpose: Purpose) -> LuaFailure {
        let place = absolutePath(of: name).map { Self.parent(of: $0) } ?? "DIR"
        switch purpose {
        case .reading: return .denied("'\(name)' may not be read", grant: "--allow-read \(place)")
        case .writing: return .denied("'\(name)' may not be written", grant: "--allow-write \(place)")
        }
    }

    private func absolutePath(of name: String) -> String? {
        if name.hasPrefix("/") { return Self.normal(name) }
        return folder.map { Self.normal($0 + "/" + name) }
    }

    // MARK: Paths as text

    static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return normal(path) }
        guard let buffer = getcwd(nil, 0) else { return normal("/" + path) }
        defer { free(buffer) }
        return normal(String(cString: buffer) + "/" + path)
    }

    static func normal(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                _ = parts.popLast()
            } else {
                parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    private static func part(of path: String, below root: String) -> String? {
        let prefix = root == "/" ? "/" : root + "/"
        guard path.hasPrefix(prefix), path.utf8.count > prefix.utf8.count else { return nil }
        return String(path.dropFirst(prefix.count))
    }

    static func words(_ error: Int32) -> String {
        switch error {
        case EISDIR: "it is a folder"
        case EINVAL: "it is no regular file"
        default: String(cString: strerror(error))
        }
    }
}
