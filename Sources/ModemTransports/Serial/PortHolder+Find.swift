internal import Glibc
internal import ModemSession

extension PortHolder {
    /// Who has the lock on `device`, else the first other process that has it open; those of others are seen by root
    /// alone.
    static func find(device: String) -> PortHolder? {
        var status = stat()
        guard stat(device, &status) == 0 else { return nil }
        guard let pid = locker(of: status) ?? user(of: status.st_rdev) else { return nil }
        return PortHolder(pid: pid, program: program(of: pid), since: start(of: pid))
    }

    private static func user(of device: dev_t) -> pid_t? {
        TextFile.names(in: "/proc").lazy.compactMap { pid_t($0) }.first {
            $0 != getpid() && hasOpen($0, device: device)
        }
    }

    /// From the table of locks: `1: FLOCK  ADVISORY  WRITE 4121 00:06:1234 0 EOF`, device and inode of the file.
    private static func locker(of status: stat) -> pid_t? {
        // As glibc packs them: makedev(3).
        let device = UInt64(status.st_dev)
        let major = device >> 8 & 0xFFF | device >> 32 & ~0xFFF
        let minor = device & 0xFF | device >> 12 & ~0xFF
        let file = [hexadecimal(major), hexadecimal(minor), String(status.st_ino)]
        for line in (TextFile.read("/proc/locks") ?? "").split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 5, words[1] == "FLOCK", let pid = pid_t(words[4]), pid > 0 else { continue }
            if words[5].split(separator: ":").map(String.init) == file { return pid }
        }
        return nil
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return digits.count < 2 ? "0\(digits)" : digits
    }

    static func program(of pid: pid_t) -> String? {
        TextFile.read("/proc/\(pid)/comm").map { $0.hasSuffix("\n") ? String($0.dropLast()) : $0 }
    }

    private static func hasOpen(_ pid: pid_t, device: dev_t) -> Bool {
        let folder = "/proc/\(pid)/fd"
        return TextFile.names(in: folder).contains { name in
            var status = stat()
            guard stat("\(folder)/\(name)", &status) == 0 else { return false }
            return status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == device
        }
    }

    /// When the process began: no earlier than that it took the port.
    static func start(of pid: pid_t) -> WallTime? {
        var clock = timespec()
        guard let ticks = fields(of: pid).flatMap({ $0.count > 19 ? Int64($0[19]) : nil }),
            clock_gettime(CLOCK_BOOTTIME, &clock) == 0
        else { return nil }
        let age = clock.nanoseconds - ticks * 1_000_000_000 / Int64(sysconf(Int32(_SC_CLK_TCK)))
        return WallTime(nanoseconds: WallTime.now().nanoseconds - age)
    }

    /// Whether nothing is left of the process but its number, until its parent asks how it ended.
    static func hasEnded(_ pid: pid_t) -> Bool {
        guard let state = fields(of: pid)?.first else { return false }
        return state == "Z" || state == "X"
    }

    /// Of `/proc/<pid>/stat`, from the state on: the program's name before it may hold anything.
    private static func fields(of pid: pid_t) -> [Substring]? {
        guard let text = TextFile.read("/proc/\(pid)/stat"), let name = text.lastIndex(of: ")") else { return nil }
        return text[text.index(after: name)...].split { $0 == " " || $0 == "\n" }
    }
}
