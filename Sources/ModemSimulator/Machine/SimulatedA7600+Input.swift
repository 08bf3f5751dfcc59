import A7600
import ATProtocol

/// Reading bytes: command lines, data, and what comes too early.
extension SimulatedA7600 {
    /// Input kept while a command is carried out, in bytes.
    private static let typeAheadLimit = 3072

    private static let typingPatience = Duration.milliseconds(50)

    mutating func accept(_ byte: UInt8) {
        switch mode {
        case .down: break
        case .waiting, .prompting, .completing, .held:
            if typeAhead.count < Self.typeAheadLimit { typeAhead.append(byte) }
        case .data(var phase):
            // The phase must not be shared while it grows, or every byte would copy it.
            mode = .command
            phase.collected.append(byte)
            if phase.collected.count < phase.request.length {
                mode = .data(phase)
            } else {
                echoData(of: phase)
                if phase.request.pause > .zero {
                    mode = .completing(phase)
                    module.agenda.add(.complete, at: module.now + phase.request.pause)
                } else {
                    complete(phase)
                    settle()
                }
            }
        case .command:
            switch byte {
            case UInt8(ascii: "\r"):
                if input.isTypingExpected { module.agenda.remove { if case .typing = $0 { true } else { false } } }
                endLine(input.take())
                settle()
            case UInt8(ascii: "\n"): break
            default: input.append(byte)
            }
        }
    }

    /// Works on what came too early, as far as the commands in it allow.
    mutating func resume() {
        guard isAcceptingInput(), !typeAhead.isEmpty else { return }
        let kept = typeAhead
        typeAhead.removeAll(keepingCapacity: true)
        for byte in kept { accept(byte) }
    }

    /// A line that stays incomplete is echoed after a moment, for people who type. Whole lines are echoed whole, so
    /// that nothing comes between their bytes.
    mutating func expectTyping() {
        guard case .command = mode, module.terminal.echo, !input.unechoed.isEmpty, !input.isTypingExpected else {
            return
        }
        input.isTypingExpected = true
        module.agenda.add(.typing, at: module.now + Self.typingPatience)
    }

    mutating func echoTyping() {
        input.isTypingExpected = false
        // Nobody types: the line is slow.
        guard receiver.isEmpty else { return }
        guard case .command = mode, module.terminal.echo else { return }
        output(input.unechoed)
        input.markEchoed()
    }

    private mutating func endLine(_ line: InputLine) {
        let body = line.body
        var fate = body.map { faults.fate(of: $0, at: module.now) } ?? LineFate()
        if fate.isMute { return }
        if module.terminal.echo {
            let echo = Array(line.unechoed) + [UInt8(ascii: "\r")]
            if fate.echoDelay > .zero {
                module.agenda.add(.echo(echo), at: module.now + fate.echoDelay)
            } else {
                output(echo)
            }
        }
        guard let body else { return }
        for index in fate.strikes { strike(index) }
        if case .down = mode { return }
        fate.delay += module.pause(.milliseconds(20))
        let inHand = LineInHand(body: body, fate: fate)
        if fate.delay > .zero {
            mode = .waiting(inHand)
            module.agenda.add(.execute, at: module.now + fate.delay)
        } else {
            run(inHand)
        }
    }

    private mutating func echoData(of phase: DataPhase) {
        guard echoesData else { return }
        output(phase.collected)
        output("\r\n")
    }

    mutating func complete(_ phase: DataPhase) {
        module.forcedResult = phase.fate.resultCode
        defer { module.forcedResult = nil }
        do {
            let answer = try phase.request.complete(&module, phase.collected)
            give(answer, to: phase.command, fate: phase.fate)
        } catch {
            refuse(error, to: phase.command, fate: phase.fate)
        }
    }

    private var echoesData: Bool {
        switch module.profile.dataEcho {
        case .off: false
        case .withEcho: module.terminal.echo
        case .always: true
        }
    }
}
