internal import ATProtocol
internal import ModemSession
internal import ModemTransports

/// A line whose bytes are written to a log on their way.
struct LoggedLine: ModuleLine {
    let line: any ModuleLine
    let name: String
    let log: LineLog

    var executor: any LineExecutor { line.executor }

    func onReceive(_ handler: @escaping @Sendable ([UInt8], Moment) -> Void) {
        line.onReceive { [log, name] bytes, moment in
            log.record(name, .fromHost, bytes)
            handler(bytes, moment)
        }
    }

    func send(_ bytes: [UInt8]) {
        log.record(name, .toHost, bytes)
        line.send(bytes)
    }

    func setPresent(_ isPresent: Bool) {
        log.note(name, isPresent ? "the port is back" : "the port vanishes")
        line.setPresent(isPresent)
    }
}
