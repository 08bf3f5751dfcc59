internal import Glibc
internal import ModemSession

/// A symbolic link to a terminal, so that its name stays when the terminal's does not.
struct TerminalLink {
    let path: String

    /// Replaces an earlier link; any other file at its place is an error.
    func point(to device: String) throws(TransportError) {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFLNK {
            throw TransportError(
                code: .unsuitable,
                port: path,
                message: "there is a file of that name already, and it is no link"
            )
        }
        let fresh = "\(path).\(getpid())"
        guard symlink(device, fresh) == 0 else { throw TransportError(errno, port: path, doing: "make the link") }
        guard rename(fresh, path) == 0 else {
            let error = TransportError(errno, port: path, doing: "make the link")
            unlink(fresh)
            throw error
        }
    }

    /// Removes the link if it still leads to `device`.
    func remove(from device: String) {
        if TextFile.target(of: path) == device { unlink(path) }
    }
}
