import Glibc

/// A TCP connection that is only to show whether it can be made.
final class SocketProbe {
    /// Writable when the attempt is over; `takeSocketError` then tells how it went.
    let descriptor: Int32

    /// Nil: refused at once.
    init?(address: String, port: Int) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, String(port), &hints, &list) == 0, let entry = list?.pointee else { return nil }
        defer { freeaddrinfo(list) }
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(entry.ai_family, type, 0)
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        guard Glibc.connect(descriptor, entry.ai_addr, entry.ai_addrlen) == 0 || errno == EINPROGRESS else {
            return nil
        }
    }

    deinit {
        close(descriptor)
    }
}
