import Glibc

/// Ports of 127.0.0.1.
enum FreePort {
    /// Ports that nobody listens on at this moment, all different.
    static func choose(_ count: Int) throws(PrivateBrokerError) -> [Int] {
        var sockets: [Int32] = []
        defer { sockets.forEach { close($0) } }
        var ports: [Int] = []
        for _ in 0..<count {
            let (descriptor, port) = try bound(to: 0)
            sockets.append(descriptor)
            ports.append(port)
        }
        return ports
    }

    /// Finds out before the broker is started whether it will be able to listen.
    static func check(_ port: Int) throws(PrivateBrokerError) {
        close(try bound(to: port).descriptor)
    }

    private static func bound(to port: Int) throws(PrivateBrokerError) -> (descriptor: Int32, port: Int) {
        guard let number = in_port_t(exactly: port) else { throw PrivateBrokerError(.portUnavailable(port)) }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = number.bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        // As mosquitto does: connections that have just ended do not keep a port.
        var reuse: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(descriptor, address, size) == 0 else { return errno }
                return getsockname(descriptor, address, &size) == 0 ? 0 : errno
            }
        }
        guard descriptor >= 0, code == 0 else {
            if descriptor >= 0 { close(descriptor) }
            throw PrivateBrokerError(.portUnavailable(port), detail: String(errno: code))
        }
        return (descriptor, Int(in_port_t(bigEndian: address.sin_port)))
    }
}
