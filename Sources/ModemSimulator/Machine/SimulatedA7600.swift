package import ATProtocol

/// A simulated A7600 module: bytes, ticks and network events in, actions out.
///
/// It has no clock, thread or randomness of its own: time is an argument, and everything random comes from the seed
/// in the configuration. The owner executes the actions in order, hands uplink events back, and calls `timerFired`
/// when the last deadline it was given has come. For equal moments the bytes sent depend on the bytes received, never
/// on how they were cut into calls.
package struct SimulatedA7600: Sendable {
    package internal(set) var module: ModuleState
    var mode = Mode.command
    var input = InputLine()
    /// Bytes that came while a command was being carried out.
    var typeAhead: [UInt8] = []
    /// Unsolicited bytes that wait for the end of a data phase.
    var deferred: [[UInt8]] = []
    var bootSteps: ArraySlice<BootStep> = []
    var faults: FaultEngine
    var transmitter = Transmitter()
    var isPortPresent = true
    /// A fault: nothing can be reached.
    var isBrokerGone = false
    /// Command lines that were carried out or refused.
    var commandCount = 0
    private var actions: [SimulatorAction] = []
    private var announcedDeadline: Moment?
    /// The host's half of the line.
    var receiver = Receiver()
    private var isInputScheduled = false

    /// What the next byte from the host is.
    enum Mode: Sendable {
        /// Part of a command line.
        case command
        /// Kept: a line waits for its turn to be carried out.
        case waiting(LineInHand)
        /// Kept: a command has been accepted, its prompt is still to come.
        case prompting(DataPhase)
        /// Data.
        case data(DataPhase)
        /// Kept: the data are complete, and the command works on them.
        case completing(DataPhase)
        /// Kept: the final result code comes with the result.
        case held(Ticket)
        /// Lost: the module is off or starting.
        case down
    }

    /// A command line that has been read, without `AT`.
    struct LineInHand: Sendable {
        var body: [UInt8]
        var fate: LineFate
    }

    /// Data that a command asked for.
    struct DataPhase: Sendable {
        var command: String
        var request: DataRequest
        var collected: [UInt8] = []
        var fate: LineFate
    }

    package init(configuration: ModuleConfiguration, at now: Moment) {
        module = ModuleState(configuration: configuration, at: now)
        faults = FaultEngine(seed: configuration.seed)
        if configuration.start == .cold {
            module.radio.hasSearched = false
            mode = .down
            planBoot()
        }
        for fault in configuration.faults { enter(fault, at: now) }
    }

    /// Bytes from the host.
    package mutating func received(_ bytes: some Sequence<UInt8>, at now: Moment, into out: inout [SimulatorAction]) {
        begin(at: now)
        if isPortPresent {
            if receiver.baud == nil, receiver.isEmpty {
                accept(bytes)
            } else {
                receiver.append(bytes, at: now)
                scheduleInput()
            }
        }
        finish(into: &out)
    }

    private mutating func accept(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            if faults.affectsInput {
                for damaged in faults.inbound(byte, at: module.now) { accept(damaged) }
            } else {
                accept(byte)
            }
        }
    }

    private mutating func scheduleInput() {
        guard !isInputScheduled, let next = receiver.next else { return }
        isInputScheduled = true
        module.agenda.add(.input, at: next)
    }

    /// An event of the network side, in the order in which it came.
    package mutating func uplink(_ event: UplinkEvent, at now: Moment, into out: inout [SimulatorAction]) {
        begin(at: now)
        if case .down = mode {} else if !isBrokerGone { module.handle(event) }
        settle()
        resume()
        finish(into: &out)
    }

    /// The last deadline has come. Calls that come early or late do no harm.
    package mutating func timerFired(at now: Moment, into out: inout [SimulatorAction]) {
        begin(at: now)
        finish(into: &out)
    }

    /// Adds a fault; its times count from now.
    package mutating func inject(_ fault: Fault, at now: Moment, into out: inout [SimulatorAction]) {
        begin(at: now)
        enter(fault, at: now)
        begin(at: now)
        finish(into: &out)
    }

    /// Ends all faults.
    package mutating func clearFaults(at now: Moment, into out: inout [SimulatorAction]) {
        begin(at: now)
        endFaults()
        settle()
        finish(into: &out)
    }

    /// When `timerFired` is wanted next.
    package var deadline: Moment? { module.agenda.next }

    // MARK: Turns

    private mutating func begin(at now: Moment) {
        module.now = now
        while let task = module.agenda.takeDue(at: now) {
            perform(task)
            settle()
            resume()
            flush()
        }
    }

    private mutating func finish(into out: inout [SimulatorAction]) {
        expectTyping()
        flush()
        out.append(contentsOf: actions)
        actions.removeAll(keepingCapacity: true)
        if module.agenda.next != announcedDeadline {
            announcedDeadline = module.agenda.next
            out.append(.setDeadline(announcedDeadline))
        }
    }

    private mutating func perform(_ task: Agenda.Task) {
        switch task {
        case .module(_, let action): action(&module)
        case .execute:
            if case .waiting(let line) = mode { run(line) }
        case .prompt:
            if case .prompting(let phase) = mode { prompt(phase) }
        case .complete:
            if case .completing(let phase) = mode {
                mode = .command
                complete(phase)
            }
        case .boot: takeBootStep()
        case .output:
            let piece = transmitter.isChunked ? faults.piece(at: module.now) : nil
            transmitter.release(piece, agenda: &module.agenda)
        case .input:
            isInputScheduled = false
            accept(receiver.take(at: module.now))
            scheduleInput()
        case .echo(let bytes): output(bytes)
        case .typing: echoTyping()
        case .fault(let appointment): keep(appointment)
        }
    }

    // MARK: Actions

    func isAcceptingInput() -> Bool {
        switch mode {
        case .command, .data: true
        case .waiting, .prompting, .completing, .held, .down: false
        }
    }

    mutating func emit(_ action: SimulatorAction) {
        flush()
        actions.append(action)
    }

    /// Turns what the transmitter has released into one action.
    private mutating func flush() {
        if !transmitter.isEmpty { actions.append(.transmit(transmitter.take())) }
    }

    mutating func output(_ bytes: some Collection<UInt8>) {
        guard isPortPresent else { return }
        transmitter.send(faults.outbound(bytes, at: module.now), at: module.now, agenda: &module.agenda)
    }

    mutating func output(_ text: String) {
        output(text.utf8)
    }
}
