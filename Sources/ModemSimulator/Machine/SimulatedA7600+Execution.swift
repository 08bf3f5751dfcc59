import A7600
import ATProtocol

/// Carrying out command lines and giving their answers.
extension SimulatedA7600 {
    mutating func run(_ line: LineInHand) {
        mode = .command
        commandCount += 1
        if let refusal = line.fate.refusal { return refuse(refusal, to: "", fate: line.fate) }
        guard line.body.count <= module.profile.lineLimit, let parts = CommandPart.parts(of: line.body[...]) else {
            return refuse(.error, to: "", fate: line.fate)
        }
        module.forcedResult = line.fate.resultCode
        defer { module.forcedResult = nil }
        for part in parts {
            guard let handler = CommandTable.handler(named: part.name),
                !(parts.count > 1 && handler.standsAlone(part.form))
            else { return refuse(.error, to: part.name, fate: line.fate) }
            do {
                let answer = try handler.run(part.form, on: &module)
                guard case .ok(let information) = answer else { return give(answer, to: part.name, fate: line.fate) }
                writeChanges()
                inform(information, fate: line.fate)
            } catch {
                return refuse(error, to: part.name, fate: line.fate)
            }
        }
        end(.ok, fate: line.fate)
    }

    mutating func give(_ answer: Answer, to command: String, fate: LineFate) {
        switch answer {
        case .ok(let information):
            inform(information, fate: fate)
            end(.ok, fate: fate)
        case .prompt(let request):
            let phase = DataPhase(command: command, request: request, fate: fate)
            switch fate.prompt {
            case .given: prompt(phase)
            case .lost: mode = .data(phase)
            case .late(let delay):
                mode = .prompting(phase)
                module.agenda.add(.prompt, at: module.now + delay)
            }
        case .result(let pending):
            module.openResults[pending.ticket] = pending
            if fate.losesResult { module.lostResults.insert(pending.ticket) }
            if pending.isAcceptedAtOnce {
                end(.ok, fate: fate)
            } else {
                mode = .held(pending.ticket)
            }
        case .restart(let kind):
            end(.ok, fate: fate)
            goDown(kind)
        }
    }

    mutating func prompt(_ phase: DataPhase) {
        mode = .data(phase)
        output("\r\n>")
    }

    mutating func refuse(_ refusal: Refusal, to command: String, fate: LineFate) {
        switch refusal {
        case .error: break
        case .cme(let error): return end(.cme(error), fate: fate)
        case .result(let code, let client):
            inform(["\(command): \(client.map { "\($0)," } ?? "")\(code.rawValue)"], fate: fate)
        case .resultThenOK(let code, let client):
            inform(["\(command): \(client),\(code.rawValue)"], fate: fate)
            return end(.ok, fate: fate)
        case .line(let line): inform([line], fate: fate)
        }
        end(.error, fate: fate)
    }

    enum Final: Equatable, Sendable {
        case ok
        case error
        case cme(CMEError)
    }

    /// Gives the final result code, and then what had to wait for it.
    mutating func end(_ final: Final, fate: LineFate) {
        writeChanges()
        mode = .command
        if !module.terminal.isQuiet, !fate.isUnanswered { output(text(of: final)) }
        let waiting = deferred
        deferred = []
        for bytes in waiting { output(bytes) }
    }

    private func text(of final: Final) -> String {
        let isVerbose = module.terminal.verbosity == .verbose
        switch final {
        case .ok: return isVerbose ? "\r\nOK\r\n" : "0\r"
        case .error: return isVerbose ? "\r\nERROR\r\n" : "4\r"
        case .cme(let error):
            let lineBreak = module.profile.cmeShortBreak ? "\n" : "\r\n"
            switch module.terminal.cmee {
            case 0: return text(of: .error)
            case 1: return "\(lineBreak)+CME ERROR: \(error.number)\r\n"
            default: return "\(lineBreak)+CME ERROR: \(error.text)\r\n"
            }
        }
    }

    private mutating func inform(_ lines: [String], fate: LineFate) {
        inform(lines.map { Array($0.utf8) }, fate: fate)
    }

    /// One block of information lines.
    private mutating func inform(_ lines: [[UInt8]], fate: LineFate) {
        guard !lines.isEmpty, !fate.isUnanswered else { return }
        if module.terminal.verbosity == .verbose { output("\r\n") }
        for line in lines { output(line + Array("\r\n".utf8)) }
    }

    /// What has to be durable leaves before the bytes that promise it.
    private mutating func writeChanges() {
        for change in module.changes { emit(.persist(change)) }
        module.changes.removeAll()
    }

    // MARK: What happens behind an answer

    /// Carries out what handlers and events have left behind.
    mutating func settle() {
        writeChanges()
        while !module.effects.isEmpty {
            let effects = module.effects
            module.effects = []
            for effect in effects {
                switch effect {
                case .request(let request): forward(request)
                case .urc(let line): unsolicited(Array("\r\n".utf8) + line + Array("\r\n".utf8))
                case .block(let bytes): message(bytes)
                case .complete(let ticket, let code): complete(ticket, code)
                case .restart: goDown(.reset)
                }
            }
        }
    }

    private mutating func unsolicited(_ bytes: [UInt8]) {
        switch mode {
        case .data, .completing: deferred.append(bytes)
        case .down: break
        case .command, .waiting, .prompting, .held: output(bytes)
        }
    }

    /// A received message; a fault may cut it in its middle.
    private mutating func message(_ bytes: [UInt8]) {
        guard let index = faults.frameStrike(at: module.now) else { return unsolicited(bytes) }
        unsolicited(Array(bytes.prefix(bytes.count / 2)))
        strike(index)
    }

    private mutating func complete(_ ticket: Ticket, _ code: Int) {
        guard let pending = module.openResults.removeValue(forKey: ticket) else { return }
        module.agenda.cancel(ticket)
        let isLost = module.lostResults.remove(ticket) != nil
        let code = pending.forced ?? code
        let line = "\(pending.prefix)\(code)"
        let fate = LineFate()
        guard case .held(ticket) = mode else {
            if !isLost { unsolicited(Array("\r\n\(line)\r\n".utf8)) }
            return
        }
        let shown = isLost ? [] : [line]
        switch (code == 0, pending.success, pending.failure) {
        case (true, .okThenResult, _), (false, _, .okThenResult):
            end(.ok, fate: fate)
            inform(shown, fate: fate)
        case (true, .resultThenOK, _):
            inform(shown, fate: fate)
            end(.ok, fate: fate)
        case (false, _, .resultThenError):
            inform(shown, fate: fate)
            end(.error, fate: fate)
        case (false, _, .errorThenResult):
            end(.error, fate: fate)
            inform(shown, fate: fate)
        case (false, _, .errorAlone): end(.error, fate: fate)
        }
    }

    private mutating func forward(_ request: UplinkRequest) {
        if isBrokerGone, let event = request.failure {
            module.handle(event)
        } else {
            emit(.request(request))
        }
    }
}
