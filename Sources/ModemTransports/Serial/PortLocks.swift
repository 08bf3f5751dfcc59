internal import CTerminal
internal import Glibc
internal import ModemSession

/// The three locks that keep others off a port: `flock`, for programs that ask; TIOCEXCL, for all but root; and the
/// `LCK..` file of the Filesystem Hierarchy Standard (5.10), for the old ones.
public struct PortLocks {
    private let file: LockFile?

    /// - Throws: `busy` with the holder, as far as it can be found out.
    init(descriptor: CInt, path: String, folder: String?) throws(TransportError) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw Self.busy(path: path) }
        if let folder {
            let file = LockFile(folder: folder, device: path)
            if let holder = file.take() {
                flock(descriptor, LOCK_UN)
                throw Self.busy(path: path, holder: holder)
            }
            self.file = file
        } else {
            file = nil
        }
        // Some drivers do not know it; the two others hold then. A pseudo terminal would keep it after this program was
        // killed, as long as the program at its other end has it open.
        if !Self.isPseudoTerminal(descriptor) { cterminal_set_exclusive(descriptor, 1) }
    }

    func release(_ descriptor: CInt) {
        cterminal_set_exclusive(descriptor, 0)
        flock(descriptor, LOCK_UN)
        file?.remove()
    }

    /// Unix 98 slaves, majors 136 to 143.
    private static func isPseudoTerminal(_ descriptor: CInt) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        return (136...143).contains(status.st_rdev >> 8 & 0xFFF)
    }

    static func busy(path: String, holder: PortHolder? = nil) -> TransportError {
        let holder = holder ?? PortHolder.find(device: path)
        return TransportError(code: .busy, port: path, message: message(holder), holder: holder)
    }

    private static func message(_ holder: PortHolder?) -> String {
        guard let holder else { return "another program has the port, and it cannot be seen which (try as root)" }
        let program = holder.program ?? "a program"
        let since = holder.since.map { ", since \($0.text)" } ?? ""
        return "\(program) (pid \(holder.pid)) has the port\(since); stop it, or choose another port"
    }
}
