internal import A7600
internal import ATProtocol
internal import ModemSession
internal import ModemTransports
internal import Synchronization

/// A line whose bytes are written to a log on their way, secrets masked.
final class LoggedLine: ModuleLine {
    private let line: any ModuleLine
    private let name: String
    private let log: LineLog
    private let redaction: Mutex<LogRedaction>

    init(line: any ModuleLine, name: String, profile: Profile, log: LineLog) {
        self.line = line
        self.name = name
        self.log = log
        redaction = Mutex(LogRedaction(profile: profile))
    }

    var executor: any LineExecutor { line.executor }

    func onReceive(_ handler: @escaping @Sendable ([UInt8], Moment) -> Void) {
        line.onReceive { [self] bytes, moment in
            record(.fromHost, redaction.withLock { $0.fromHost(bytes) })
            handler(bytes, moment)
        }
    }

    func send(_ bytes: [UInt8]) {
        let (begun, text) = redaction.withLock { ($0.begun(), $0.toHost(bytes)) }
        record(.fromHost, begun)
        record(.toHost, text)
        line.send(bytes)
    }

    func setPresent(_ isPresent: Bool) {
        log.note(name, isPresent ? "the port is back" : "the port vanishes")
        line.setPresent(isPresent)
    }

    private func record(_ direction: LineLog.Direction, _ bytes: [UInt8]) {
        if !bytes.isEmpty { log.record(name, direction, bytes) }
    }
}
