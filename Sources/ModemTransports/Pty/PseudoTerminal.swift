internal import CTerminal
internal import Glibc
internal import ModemSession

/// A pseudo terminal: the master to serve it, and a slave of our own that is raw and keeps the master alive while
/// programs come and go.
struct PseudoTerminal {
    let master: CInt
    let slave: CInt
    /// `/dev/pts/7`
    let path: String

    init() throws(TransportError) {
        var name = [CChar](repeating: 0, count: 128)
        let master = cterminal_open_master(&name, name.count)
        guard master >= 0 else { throw TransportError(errno, port: "pty", doing: "create a pseudo terminal") }
        let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard slave >= 0, cterminal_configure(slave, 0, 0) == 0 else {
            let error = TransportError(errno, port: path, doing: "set up the pseudo terminal")
            if slave >= 0 { Glibc.close(slave) }
            Glibc.close(master)
            throw error
        }
        self.master = master
        self.slave = slave
        self.path = path
    }
}
