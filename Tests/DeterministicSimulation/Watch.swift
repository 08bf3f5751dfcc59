internal import A7600
internal import ATProtocol

/// The properties that every run must keep, watched from outside the engine.
struct Watch {
    /// The engine never waits longer for bytes than for a whole frame, and holds back a bounded number of lines.
    private static let bufferLimit = 64 * 1024

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
    /// Numbers of the storm lines that came in whole, and of those that the engine delivered.
    private var storm: (sent: [String], delivered: [String]) = ([], [])
    /// What came since the last line end.
    private var line: [UInt8] = []
    private var assembler = MessageAssembler()
    /// Payloads per client that the module was given, and those that the engine delivered complete.
    private var messages: (sent: [[[UInt8]]], delivered: [[[UInt8]]]) = ([[], []], [[], []])

    var receivedMessages: Int { messages.delivered.reduce(0) { $0 + $1.count } }

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
        guard !isNoisy else { return }
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                continue
            }
            let text = String(decoding: line, as: UTF8.self)
            if text.hasPrefix("+STORM: "), text.hasSuffix("\r") { storm.sent.append(String(text.dropLast())) }
            line.removeAll(keepingCapacity: true)
        }
    }

    /// The module was given a message from the broker.
    mutating func arrived(_ payload: [UInt8], for client: Int) { messages.sent[client].append(payload) }

    mutating func buffered(_ bytes: Int) {
        if bytes > Self.bufferLimit { violations.append("the engine holds \(bytes) bytes") }
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
        let lines = reply.lines.map(\.text)
        if line.hasPrefix("AT+CSSLCFG=") {
            let expected = line.dropFirst("AT+CSSLCFG=".count).split(separator: ";+CSSLCFG=").map { "+CSSLCFG: \($0)," }
            if lines.count != expected.count || zip(lines, expected).contains(where: { !$0.hasPrefix($1) }) {
                violations.append("\(line) was answered with \(lines)")
            }
        }
        if line == "AT+CSQ", lines.count != 1 || !lines[0].hasPrefix("+CSQ: ") {
            violations.append("AT+CSQ was answered with \(lines)")
        }
        checkResult(line, reply)
    }

    /// A result names its command, and the client if the command has one.
    private mutating func checkResult(_ line: String, _ reply: Reply) {
        guard let result = reply.result else { return }
        let parts = line.dropFirst(2).split(separator: "=", maxSplits: 1)
        let client = parts.count == 2 ? "\(parts[1].prefix(1))," : ""
        if !result.text.hasPrefix("\(parts[0]): \(client)") {
            violations.append("\(line) was given the result \(result.text)")
        }
    }

    mutating func event(_ event: Event) {
        guard !isNoisy else { return }
        if case .absorbed(let message?) = assembler.take(event.body), message.completeness == .complete {
            messages.delivered[message.client].append(message.payload)
        }
        if case .urc(let line, _) = event.body, line.text.hasPrefix("+STORM: ") { storm.delivered.append(line.text) }
    }

    /// What came in must have gone out, once and in order, when the run is over.
    /// - Parameter isWhole: no fault, mishap or reopened port has cost a message.
    mutating func settle(isWhole: Bool) {
        guard !isNoisy else { return }
        if storm.sent != storm.delivered {
            violations.append("\(storm.sent.count) unsolicited lines came, \(storm.delivered.count) were delivered")
        }
        for client in 0..<2 {
            let (sent, delivered) = (messages.sent[client], messages.delivered[client])
            if isWhole ? sent != delivered : !delivered.isSubsequence(of: sent) {
                violations.append("client \(client) was sent \(sent.count) messages, and got \(delivered.count)")
            }
        }
    }

    mutating func portLost() {
        inFlight = nil
        hasPrompt = false
        line = []
    }

    private func text(_ id: ExchangeID) -> String {
        "\(id.number) \(commands[id].map { String(decoding: $0.line, as: UTF8.self) } ?? "")"
    }
}

extension [[UInt8]] {
    /// All elements stand in `other`, in the same order.
    fileprivate func isSubsequence(of other: [[UInt8]]) -> Bool {
        var rest = other[...]
        return allSatisfy { element in
            guard let index = rest.firstIndex(of: element) else { return false }
            rest = rest[(index + 1)...]
            return true
        }
    }
}
