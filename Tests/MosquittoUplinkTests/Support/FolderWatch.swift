import Glibc

/// Waits for a folder to become empty, told by the kernel (inotify).
final class FolderWatch {
    struct Failure: Error {}

    private let path: String
    private let descriptor: Int32

    /// From now on every removal is noticed.
    init(_ path: String) throws {
        self.path = path
        descriptor = inotify_init1(Int32(IN_CLOEXEC))
        guard descriptor >= 0, inotify_add_watch(descriptor, path, UInt32(IN_DELETE)) >= 0 else { throw Failure() }
    }

    deinit {
        close(descriptor)
    }

    /// False: after ten seconds without a removal something is still there.
    func waitUntilEmpty() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !isEmpty {
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, 10_000) == 1, read(descriptor, &buffer, buffer.count) > 0 else { return isEmpty }
        }
        return true
    }

    private var isEmpty: Bool {
        guard let directory = opendir(path) else { return false }
        defer { closedir(directory) }
        var entries = 0
        while readdir(directory) != nil { entries += 1 }
        // "." and "..".
        return entries == 2
    }
}
