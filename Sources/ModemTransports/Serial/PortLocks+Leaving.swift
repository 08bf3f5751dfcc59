internal import Glibc

extension PortLocks {
    /// Removes the lock files of this process, for one that leaves without closing its ports: what the kernel holds goes
    /// with the process, a file stays.
    public static func removeFiles(in folder: String = "/var/lock") {
        guard let listing = opendir(folder) else { return }
        defer { closedir(listing) }
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix("LCK..") { LockFile(path: "\(folder)/\(name)").remove() }
        }
    }
}
