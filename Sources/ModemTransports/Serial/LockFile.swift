internal import Glibc
internal import ModemSession

/// A `LCK..ttyUSB2` file: the process number in ten columns, then the program's name.
struct LockFile {
    let path: String

    init(path: String) {
        self.path = path
    }

    /// - Parameter device: a path; a link is followed, for the lock belongs to the port and not to its name.
    init(folder: String, device: String) {
        var name = Self.resolved(device)
        if name.hasPrefix("/dev/") { name.removeFirst("/dev/".count) }
        path = "\(folder)/LCK..\(name.split(separator: "/").joined(separator: "_"))"
    }

    /// Takes the lock, also over a file whose process is gone.
    ///
    /// - Returns: the living holder, if there is one. A folder that cannot be written counts as no lock at all: there
    ///   `flock` and TIOCEXCL do it.
    func take() -> PortHolder? {
        for _ in 0..<2 {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            if descriptor >= 0 {
                fill(descriptor)
                close(descriptor)
                return nil
            }
            guard errno == EEXIST else { return nil }
            if let holder = livingHolder() { return holder }
            unlink(path)
        }
        return nil
    }

    /// Removes the file if it is this process's.
    func remove() {
        if number() == getpid() { unlink(path) }
    }

    private func fill(_ descriptor: CInt) {
        let number = String(getpid())
        let column = String(repeating: " ", count: max(0, 10 - number.utf8.count)) + number
        let line = "\(column) \(PortHolder.program(of: getpid()) ?? "moonwire")\n"
        let bytes = Array(line.utf8)
        if write(descriptor, bytes, bytes.count) != bytes.count { unlink(path) }
    }

    /// A killed program leaves its file behind. Its number lives on while nobody has asked how it ended, and may be
    /// another program's some day.
    private func livingHolder() -> PortHolder? {
        guard let pid = number(), pid > 0, kill(pid, 0) == 0 || errno == EPERM, !PortHolder.hasEnded(pid) else {
            return nil
        }
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        let since = WallTime(nanoseconds: status.st_mtim.nanoseconds)
        if let start = PortHolder.start(of: pid), start.nanoseconds > since.nanoseconds + Self.clockStep { return nil }
        return PortHolder(pid: pid, program: PortHolder.program(of: pid), since: since)
    }

    /// How exactly the start of a process and the time of a file can be compared, in nanoseconds.
    private static let clockStep: Int64 = 2_000_000_000

    private func number() -> pid_t? {
        guard let text = TextFile.read(path) else { return nil }
        return text.split { $0 == " " || $0 == "\n" }.first.flatMap { pid_t($0) }
    }

    private static func resolved(_ device: String) -> String {
        guard let real = realpath(device, nil) else { return device }
        defer { free(real) }
        return String(cString: real)
    }
}

extension timespec {
    var nanoseconds: Int64 { Int64(tv_sec) * 1_000_000_000 + Int64(tv_nsec) }
}
