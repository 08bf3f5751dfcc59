import ModemSession
import ModemTransports
import Synchronization

/// A module on a terminal: echoes, names its model and its number, and says OK to the rest.
final class TerminalModule: Sendable {
    private let partial = Mutex("")
    private let number: Mutex<String>
    /// The lines it has received.
    let received = Mutex<[String]>([])

    init(imei: String) { number = Mutex(imei) }

    /// Another module takes the place of this one.
    func become(imei: String) { number.withLock { $0 = imei } }

    func serve(_ module: any ModuleLine) {
        module.onReceive { [self] bytes, _ in
            for line in lines(bytes) { module.send(Array(answer(line).utf8)) }
        }
    }

    private func lines(_ bytes: [UInt8]) -> [String] {
        partial.withLock { partial in
            partial += String(decoding: bytes, as: UTF8.self)
            var lines = partial.split(separator: "\r", omittingEmptySubsequences: false).map(String.init)
            partial = lines.removeLast()
            return lines
        }
    }

    private func answer(_ line: String) -> String {
        received.withLock { $0.append(line) }
        return switch line {
        case "AT+CGMM": "\(line)\r\r\nA7600C\r\n\r\nOK\r\n"
        case "AT+CGSN": "\(line)\r\r\n\(number.withLock { $0 })\r\n\r\nOK\r\n"
        default: "\(line)\r\r\nOK\r\n"
        }
    }
}
