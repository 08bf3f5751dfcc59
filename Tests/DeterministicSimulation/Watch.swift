internal import ATProtocol

/// The properties that every run must keep, watched from outside the engine.
struct Watch {
    let isNoisy: Bool
    private(set) var violations: [String] = []
    private var commands: [ExchangeID: Command] = [:]
    /// Submitted and not completed.
    private var open: Set<ExchangeID> = []
    private var finished: Set<ExchangeID> = []
    /// The command whose line was written and which has neither been answered nor given up.
    private var inFlight: ExchangeID?
    /// `>` has come since the last command line was written.
    private var hasPrompt = false
    private var lastStorm = -1

    init(isNoisy: Bool) { self.isNoisy = isNoisy }

    mutating func submitted(_ id: ExchangeID, _ command: Command) {
        commands[id] = command
        open.insert(id)
    }

    mutating func wrote(_ bytes: [UInt8]) {
        let isLine = bytes.last == UInt8(ascii: "\r") && bytes.starts(with: "AT".utf8)
        if isLine {
            hasPrompt = false
            let line = Array(bytes.dropLast())
            guard let id = open.filter({ commands[$0]?.line == line }).min(by: { $0.number < $1.number }) else {
                return
            }
            if let inFlight, inFlight != id {
                violations.append("\(text(id)) was written before \(text(inFlight)) was answered")
            }
            inFlight = id
            return
        }
        let isData = open.contains { commands[$0]?.data == bytes }
        if isData, !hasPrompt { violations.append("data were written without a prompt") }
    }

    mutating func delivered(_ bytes: [UInt8]) {
        if bytes.contains(UInt8(ascii: ">")) { hasPrompt = true }
    }

    mutating func answered(_ id: ExchangeID) {
        if inFlight == id { inFlight = nil }
    }

    mutating func completed(_ id: ExchangeID, _ result: Result<Reply, ATFailure>) {
        answered(id)
        open.remove(id)
        if !finished.insert(id).inserted { violations.append("\(text(id)) completed twice") }
        guard !isNoisy, case .success(let reply) = result, let command = commands[id] else { return }
        let line = String(decoding: command.line, as: UTF8.self)
        if line.hasPrefix("AT+CSSLCFG=") {
            let expected = "+CSSLCFG: \(line.dropFirst("AT+CSSLCFG=".count)),"
            if reply.lines.count != 1 || !reply.lines[0].text.hasPrefix(expected) {
                violations.append("\(line) was answered with \(reply.lines.map(\.text))")
            }
        }
        if line == "AT+CSQ",
            reply.lines.map(\.text).contains(where: { !$0.hasPrefix("+CSQ: ") }) || reply.lines.count != 1
        {
            violations.append("AT+CSQ was answered with \(reply.lines.map(\.text))")
        }
    }

    mutating func event(_ event: Event) {
        guard !isNoisy, case .urc(let line, _) = event.body, line.text.hasPrefix("+STORM: ") else { return }
        guard let number = Int(line.text.dropFirst(8)) else { return violations.append("a damaged line: \(line.text)") }
        if number == 0 { lastStorm = -1 }
        if number <= lastStorm { violations.append("unsolicited line \(number) came behind \(lastStorm)") }
        lastStorm = number
    }

    mutating func portLost() {
        inFlight = nil
        hasPrompt = false
    }

    private func text(_ id: ExchangeID) -> String {
        "\(id.number) \(commands[id].map { String(decoding: $0.line, as: UTF8.self) } ?? "")"
    }
}
