internal import Glibc
internal import ModemSession

extension TransportError {
    /// What the operating system said while `doing` something with the port.
    init(_ number: CInt, port: String, doing: String) {
        let code: Code =
            switch number {
            case ENOENT, ENODEV, ENXIO: .notFound
            case EACCES, EPERM: .permissionDenied
            case EBUSY: .busy
            case ENOTTY, EISDIR, EINVAL: .unsuitable
            case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT: .unreachable
            default: .system
            }
        self.init(code: code, port: port, message: "cannot \(doing): \(Self.text(number))")
    }

    /// The words of the C library for an error number.
    static func text(_ number: CInt) -> String {
        guard let text = strerror(number) else { return "error \(number)" }
        return String(cString: text)
    }
}
