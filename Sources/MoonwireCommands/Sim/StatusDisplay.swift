internal import Glibc
internal import ModemSimulator

/// What the operator of `moonwire sim` sees of its modules while they run: on a terminal one line that changes, else a
/// line whenever an MQTT connection begins or ends.
struct StatusDisplay: Sendable {
    enum Form: Sendable {
        case changingLine
        case lines

        /// For standard error.
        static var fitting: Form { isatty(STDERR_FILENO) == 1 ? .changingLine : .lines }
    }

    private static let interval = Duration.milliseconds(250)

    let modules: [(name: String, module: SimulatedModule)]
    let form: Form

    /// Shows until its task is cancelled.
    func run() async {
        let start = ContinuousClock.now
        var before = [ModuleStatus](repeating: ModuleStatus(), count: modules.count)
        while true {
            var now: [ModuleStatus] = []
            for entry in modules { now.append(await entry.module.status) }
            let elapsed = ContinuousClock.now - start
            switch form {
            case .changingLine: draw(Self.summary(names: modules.map(\.name), now, elapsed))
            case .lines:
                for (index, entry) in modules.enumerated() {
                    for change in Self.changes(from: before[index], to: now[index]) {
                        StandardError.say("\(ElapsedTime.stamp(elapsed)) \(entry.name): \(change)")
                    }
                }
            }
            before = now
            do { try await Task.sleep(for: Self.interval) } catch { break }
        }
        if case .changingLine = form { draw("") }
    }

    /// `modem0  12 commands  client 0 at tcp://broker.example:1883  00:31`, or totals for several modules.
    static func summary(names: [String], _ statuses: [ModuleStatus], _ elapsed: Duration) -> String {
        let commands = statuses.reduce(0) { $0 + $1.commands }
        let connections = statuses.flatMap(\.connections)
        let clock = ElapsedTime.stamp(elapsed).split(separator: ".")[0]
        let subject = names.count == 1 ? names[0] : "\(names.count) modules"
        let state =
            if names.count == 1 {
                statuses[0].isDown ? ["off"] : statuses[0].connections.map(words)
            } else {
                ["\(connections.count) MQTT connection\(connections.count == 1 ? "" : "s")"]
            }
        return ([subject, "\(commands) command\(commands == 1 ? "" : "s")"] + state + ["\(clock)"])
            .joined(separator: "  ")
    }

    /// What has changed that is worth a line of its own.
    static func changes(from before: ModuleStatus, to now: ModuleStatus) -> [String] {
        var changes: [String] = []
        if before.isDown != now.isDown { changes.append(now.isDown ? "off, or starting" : "ready") }
        changes += before.connections.filter { !now.connections.contains($0) }.map { "\(words($0)) has ended" }
        changes += now.connections.filter { !before.connections.contains($0) }.map { "\(words($0)) is connected" }
        return changes
    }

    private static func words(_ connection: ModuleStatus.Connection) -> String {
        "client \(connection.client) at \(connection.address)"
    }

    /// Replaces the line; longer ones are cut at the terminal's edge, where they would wrap.
    private func draw(_ text: String) {
        var size = winsize()
        let width = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1 ? Int(size.ws_col) - 1 : 79
        Descriptor.writeAll(Array("\r\u{1B}[K\(text.prefix(width))".utf8), to: STDERR_FILENO)
    }
}
