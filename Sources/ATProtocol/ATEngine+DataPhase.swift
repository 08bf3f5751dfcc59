/// What happens when `>` does not come in time, or comes too late.
extension ATEngine {
    private static let probeLine = Array("AT\r".utf8)

    /// The active exchange still waits for `>`, or nobody wants it any more.
    mutating func stall(at now: Moment) {
        queue.active?.phase = .stalled
        queue.active?.phaseDeadline = nil
        recovery.state = .stalled(Stall(deadline: now + configuration.recovery.stallProbe))
        trace(.state, exchange: queue.active?.id, "stalled", at: now)
    }

    mutating func stallExpired(_ stall: Stall, at now: Moment) {
        var stall = stall
        guard stall.eaten.isEmpty else {
            startPadding(paddingOfActive(stall.eaten, at: now), at: now)
            return
        }
        writeProbe(at: now)
        stall.eaten = Self.probeLine
        stall.echoSeen = false
        stall.deadline = now + configuration.recovery.paddingPatience
        recovery.state = .stalled(stall)
    }

    /// `>` after all.
    mutating func promptCameLate(at now: Moment) {
        guard case .stalled(let stall) = recovery.state else { return }
        if stall.eaten.isEmpty, queue.active?.zombie == nil {
            recovery.state = .ready
            writeData(at: now)
        } else {
            startPadding(paddingOfActive(stall.eaten, at: now), at: now)
        }
    }

    /// The module refused after all, or has answered the probe: there is no data phase.
    mutating func stalledFinal(_ code: FinalCode, _ line: Span<UInt8>, at now: Moment) {
        guard case .stalled(let stall) = recovery.state, let exchange = queue.active else { return }
        queue.active = nil
        decoder.expectedEcho = []
        recovery.state = .ready
        // The probe is answered as well, unless its echo came before this line.
        if !stall.eaten.isEmpty, !stall.echoSeen { recovery.want(.uncertain) }
        if exchange.zombie != nil {
            deliver(.late(exchange.id, .of(code.isSuccess, Line(copying: line))), at: now)
        } else {
            complete(exchange, failing: .prompt(.missing), text: Line(copying: line).text, at: now)
        }
    }

    private func paddingOfActive(_ eaten: [UInt8], at now: Moment) -> Padding {
        let command = queue.active?.command
        return Padding(
            declared: command?.data?.count ?? 0,
            eaten: eaten,
            undo: command?.spec.prompt?.padding ?? .harmless,
            deadline: now
        )
    }

    /// `>` for a zombie: what was written since has been taken for its data.
    mutating func pad(for index: Int, at now: Moment) {
        let exchange = queue.zombies[index]
        releaseHeld(asOwn: false)
        startPadding(
            Padding(
                declared: exchange.command.data?.count ?? 0,
                eaten: exchange.zombie?.eaten ?? [],
                undo: exchange.spec.prompt?.padding ?? .harmless,
                zombie: exchange.id,
                deadline: now
            ),
            at: now
        )
    }

    mutating func startPadding(_ padding: Padding, at now: Moment) {
        var padding = padding
        decoder.expectedEcho = []
        queue.active?.phase = .stalled
        queue.active?.phaseDeadline = nil
        padding.rounds = 1
        padding.deadline = now + paddingPatience(padding.declared)
        writeSpaces(padding.declared - padding.eaten.count, at: now)
        recovery.state = .padding(padding)
        trace(.state, exchange: queue.active?.id, "padding", at: now)
    }

    private func paddingPatience(_ count: Int) -> Duration {
        configuration.recovery.paddingPatience + configuration.delay(count)
    }

    private mutating func writeSpaces(_ count: Int, at now: Moment) {
        guard count > 0 else { return }
        let spaces = [UInt8](repeating: .space, count: count)
        for index in queue.zombies.indices { queue.zombies[index].zombie?.owesPrompt = false }
        _ = write(spaces)
        traceWrite(spaces, at: now)
    }

    mutating func paddingExpired(_ padding: Padding, at now: Moment) {
        var padding = padding
        guard padding.rounds == 1, !padding.eaten.isEmpty else {
            paddingEnded(padding, at: now)
            return
        }
        // Perhaps what was written before the prompt did not count.
        padding.rounds = 2
        padding.deadline = now + paddingPatience(padding.eaten.count)
        writeSpaces(min(padding.eaten.count, padding.declared), at: now)
        recovery.state = .padding(padding)
    }

    /// The data phase is over: those whose bytes were eaten fail, and what was stored is undone.
    mutating func paddingEnded(_ padding: Padding, at now: Moment) {
        recovery.state = .ready
        if let zombie = padding.zombie, let index = queue.zombies.firstIndex(where: { $0.id == zombie }) {
            queue.zombies.remove(at: index)
            deliver(.late(zombie, .payloadAborted), at: now)
        }
        if let exchange = queue.active {
            queue.active = nil
            if exchange.zombie == nil {
                complete(exchange, failing: .prompt(.payloadAborted), at: now)
            } else {
                deliver(.late(exchange.id, .payloadAborted), at: now)
            }
        }
        switch padding.undo {
        case .harmless:
            synchronise(.barrier(isCertain: false), at: now)
        case .undo(let line, let includesData):
            var data: [UInt8]?
            if includesData {
                let spaces = [UInt8](repeating: .space, count: max(0, padding.declared - padding.eaten.count))
                data = Array((padding.eaten + spaces).prefix(padding.declared))
            }
            recovery.state = .undoing
            let spec = CommandSpec(prompt: includesData ? PromptSpec() : nil)
            writeInternal(Command(line: line, data: data, spec: spec), role: .undo, at: now)
        }
    }
}
