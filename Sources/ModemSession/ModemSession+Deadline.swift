internal import ATProtocol

extension ModemSession {
    /// Names the write of `+++`, which the core does not know of.
    static let escapeWrite = WriteID(.max)

    /// The one timer serves the core's deadline, that of an identity check, and the silence before `+++`.
    func setTimer() {
        isTimerStale = false
        var next = deadline
        if let escape { next = min(escape, next ?? escape) }
        if let due = probe?.deadline { next = min(due, next ?? due) }
        if timer == nil, next != nil {
            timer = executor.makeTimer { [weak self] in
                self?.enter { $0.timerFired() }
            }
        }
        timer?.set(next)
    }

    /// Bytes that reached the port before the deadline are read first: a slow host makes no timeout.
    private func timerFired() {
        let now = executor.now()
        if case .open(let line) = phase, line.hasUndeliveredBytes {
            timer?.set(now + .milliseconds(1))
            return
        }
        if let due = escape, due <= now {
            escape = nil
            write(Array("+++".utf8), as: Self.escapeWrite)
        }
        if let due = probe?.deadline, due <= now { feedProbe(.timerFired) }
        if let due = deadline, due <= now {
            deadline = nil
            feed(.timer)
        } else {
            setTimer()
        }
    }

    func carryOut(_ request: LinkRequest) {
        switch request {
        case .toggleDTR:
            if case .open(let line) = phase { line.pulseDTR(for: .milliseconds(500)) }
        case .escape:
            // The core waits out the second behind it; the one before is waited here.
            escape = executor.now() + .seconds(1)
        case .reopen:
            loseLine(.vanished, seenAs: .closed)
        case .reset:
            if let reset = options.reset {
                reset()
            } else if case .open(let line) = phase {
                line.pulseDTR(for: .seconds(1))
            }
        }
    }
}
