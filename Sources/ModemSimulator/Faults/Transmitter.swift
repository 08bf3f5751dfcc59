import ATProtocol

/// The module's half of the line: what may leave now, and what has to wait.
struct Transmitter: Sendable {
    private var ready: [UInt8] = []

    mutating func send(_ bytes: [UInt8], at now: Moment, agenda: inout Agenda) {
        ready += bytes
    }

    mutating func hold(_ bytes: [UInt8], until moment: Moment, agenda: inout Agenda) {
        ready += bytes
    }

    mutating func release(at now: Moment, agenda: inout Agenda) {}

    mutating func take() -> [UInt8] {
        defer { ready.removeAll() }
        return ready
    }
}
