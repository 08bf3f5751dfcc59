internal import CTerminal
internal import Glibc
internal import ModemSession

/// An open serial port with its locks, until it is released.
struct SerialPort {
    /// Owned by whoever reads and writes; not closed by `release`.
    let descriptor: CInt
    /// A second descriptor of the same port: it puts the settings back when the first is closed already.
    private let keeper: CInt
    private let settings: [UInt8]
    private let locks: PortLocks

    /// - Throws: `TransportError`; `busy` names who has the port.
    init(path: String, options: SerialOptions) throws(TransportError) {
        let descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.openingFailed(errno, path: path) }
        var settings = [UInt8](repeating: 0, count: cterminal_settings_size())
        guard cterminal_save(descriptor, &settings) == 0 else {
            close(descriptor)
            throw TransportError(code: .unsuitable, port: path, message: "this is no serial port")
        }
        let locks: PortLocks
        do {
            locks = try PortLocks(descriptor: descriptor, path: path, folder: options.lockFolder)
        } catch {
            close(descriptor)
            throw error
        }
        let keeper = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard keeper >= 0, Self.configure(descriptor, options) else {
            let error = Self.settingFailed(errno, path: path, options: options)
            locks.release(descriptor)
            if keeper >= 0 { close(keeper) }
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.keeper = keeper
        self.settings = settings
        self.locks = locks
    }

    /// Puts the settings back and gives the locks up. A port that is gone has neither; nothing is reported then.
    func release() {
        _ = settings.withUnsafeBytes { cterminal_restore(keeper, $0.baseAddress) }
        locks.release(keeper)
        close(keeper)
    }

    private static func configure(_ descriptor: CInt, _ options: SerialOptions) -> Bool {
        let baud = UInt32(clamping: options.baud ?? 0)
        guard cterminal_configure(descriptor, baud, options.flow == .rts ? 1 : 0) == 0 else { return false }
        guard options.dtr != nil || options.rts != nil else { return true }
        return cterminal_set_lines(descriptor, level(options.dtr), level(options.rts)) == 0
    }

    private static func level(_ level: SerialOptions.SignalLevel?) -> CInt {
        switch level {
        case .on: 1
        case .off: 0
        case nil: -1
        }
    }

    private static func openingFailed(_ number: CInt, path: String) -> TransportError {
        if number == EBUSY { return PortLocks.busy(path: path) }
        var error = TransportError(number, port: path, doing: "open the port")
        if error.code == .permissionDenied { error.message += "; join the group of the device, often dialout" }
        return error
    }

    private static func settingFailed(_ number: CInt, path: String, options: SerialOptions) -> TransportError {
        if number == ENOTTY || number == EINVAL, options.dtr != nil || options.rts != nil {
            let message = "this port has no DTR and RTS lines; leave --dtr and --rts out"
            return TransportError(code: .unsuitable, port: path, message: message)
        }
        let rate = options.baud.map { "\($0) Bd" } ?? "the present rate"
        return TransportError(number, port: path, doing: "set the port to \(rate), flow control \(options.flow)")
    }
}
