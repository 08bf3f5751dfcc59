/// The protocol core of one modem: bytes and time in, actions out.
///
/// Inputs are methods; each appends to an array of the caller, which executes the actions in order. The engine owns no
/// clock: `now` never runs backwards. Deadlines that lie before `now` are applied first, as if their timer had fired in
/// time, so the outcome does not depend on how late a timer is.
public struct ATEngine: ~Copyable, Sendable {
    public let configuration: Configuration
    let classifier: Classifier
    /// Of unsolicited lines that are declared.
    let declaredNames: NameSet
    /// Of lines that show secrets.
    let secretNames: NameSet
    /// By how many nanoseconds longer than usual the longest message takes on this line.
    let dataDelay: Int64
    /// `Configuration.postFinalQuiet` in nanoseconds.
    let quietAfterFinal: Int64

    var decoder: ATLineDecoder
    var queue = ExchangeQueue()
    var hold = Hold()
    var recovery = Recovery()
    var journal = Journal()
    var tracer: Tracer
    /// Actions of the present input.
    var actions: [Action] = []

    var generation = PortGeneration(0)
    var echo = EchoState.unknown
    var isTerse = false
    var dataEcho: Configuration.DataEcho
    /// Set while lines behind a bad frame complete nothing.
    var quarantineEnd: Moment?
    /// A final result code came in quarantine.
    var lostFinal = false
    var frameDeadline: Moment?
    /// The frame that `frameDeadline` belongs to, when it began, and the length it has declared.
    var watchedFrame = 0
    var frameStart = Moment(nanoseconds: 0)
    var watchedLength = -1
    var dataEchoDeadline: Moment?
    var quietUntil: Moment?
    /// When a lane held by a zombie may become free.
    var laneDeadline: Moment?
    var announcedDeadline: Moment?
    /// Whether `announcedDeadline` may be out of date.
    var timersChanged = false
    /// Held lines have been read again since the last token.
    var heldReleased = false
    /// Data that a transport is still writing although their exchange is over.
    var orphanedWrite: WriteID?
    var probeWrite: WriteID?
    var closedByOwner = false
    private var nextWrite: UInt64 = 0
    private var nextInternal = UInt64.max

    public init(configuration: Configuration) {
        self.init(Tables(configuration))
    }

    /// Engines of one configuration may share its tables.
    init(_ tables: Tables) {
        configuration = tables.configuration
        classifier = tables.classifier
        declaredNames = tables.classifier.urcs.names
        secretNames = tables.secretNames
        dataDelay = tables.configuration.delay(tables.configuration.dataLimit).nanoseconds
        quietAfterFinal = tables.configuration.postFinalQuiet.nanoseconds
        decoder = ATLineDecoder(tables.framing)
        tracer = Tracer(isOn: tables.configuration.tracing == .on)
        dataEcho = tables.configuration.dataEcho
    }

    /// What is derived from a configuration once.
    struct Tables: Sendable {
        let configuration: Configuration
        let classifier: Classifier
        let framing: Framing
        let secretNames: NameSet

        init(_ configuration: Configuration) {
            self.configuration = configuration
            var names = NameSet()
            for line in configuration.secretLines { names.insert(LineName(of: line.prefix.span)) }
            secretNames = names
            classifier = Classifier(configuration)
            framing = Framing(configuration)
        }
    }

    /// Bytes held back at this moment: the line or frame in progress and what waits behind a held line.
    package var bufferedBytes: Int { decoder.bufferedBytes + hold.bufferedBytes }

    public mutating func opened(_ port: PortGeneration, at now: Moment, into out: inout [Action]) {
        begin(at: now, &out)
        open(port, at: now)
        end(at: now, &out)
    }

    /// - Parameter now: arrival of the bytes at the port.
    public mutating func received(_ bytes: Span<UInt8>, at now: Moment, into out: inout [Action]) {
        // Apart, for it has the least to do and comes most often.
        var progress = ATLineDecoder.Progress.unknown
        if decoder.place != .start, mayCollect(at: now) {
            progress = decoder.collectAtOnce(bytes)
            if progress == .part {
                recovery.missed = 0
                return
            }
        }
        receive(bytes, after: progress, at: now, into: &out)
    }

    /// Whether bytes that complete nothing need no more than to be kept.
    @inline(__always)
    private func mayCollect(at now: Moment) -> Bool {
        (announcedDeadline.map { $0 >= now } ?? true) && !tracer.isOn && recovery.isReady
    }

    /// - Parameter first: what has come of the first byte.
    @inline(never)
    private mutating func receive(
        _ bytes: Span<UInt8>,
        after first: ATLineDecoder.Progress,
        at now: Moment,
        into out: inout [Action]
    ) {
        var index = first == .line ? 1 : 0
        var progress = first
        if progress == .unknown, mayCollect(at: now) {
            progress = decoder.collect(bytes, &index)
            if progress == .part {
                recovery.missed = 0
                return
            }
        }
        swap(&out, &actions)
        if let deadline = announcedDeadline, deadline < now { expireDeadlines(before: now) }
        receive(bytes, from: index, progress, at: now)
        if timersChanged { announceDeadline() }
        swap(&out, &actions)
    }

    /// The last byte of `write` has left.
    public mutating func written(_ write: WriteID, at now: Moment, into out: inout [Action]) {
        begin(at: now, &out, movesTimers: false)
        writeLeft(write, at: now)
        end(at: now, &out)
    }

    public mutating func submitted(_ id: ExchangeID, _ command: Command, at now: Moment, into out: inout [Action]) {
        begin(at: now, &out)
        submit(id, command, at: now)
        end(at: now, &out)
    }

    /// The caller does not want the answer any more. Without effect once the exchange has completed.
    public mutating func cancelled(_ id: ExchangeID, at now: Moment, into out: inout [Action]) {
        begin(at: now, &out)
        cancel(id, at: now)
        end(at: now, &out)
    }

    public mutating func timerFired(at now: Moment, into out: inout [Action]) {
        begin(at: now, &out)
        expireDeadlines(upTo: now)
        end(at: now, &out)
    }

    public mutating func closed(_ loss: PortLoss, at now: Moment, into out: inout [Action]) {
        begin(at: now, &out)
        close(loss, at: now)
        end(at: now, &out)
    }

    private mutating func begin(at now: Moment, _ out: inout [Action], movesTimers: Bool = true) {
        swap(&out, &actions)
        if let deadline = announcedDeadline, deadline < now { expireDeadlines(before: now) }
        if movesTimers { timersChanged = true }
        if tracer.isOn { tracer.flush(into: &actions) }
    }

    private mutating func end(at now: Moment, _ out: inout [Action]) {
        if timersChanged { announceDeadline() }
        swap(&out, &actions)
    }

    /// Asks for a write of these bytes.
    mutating func write(_ bytes: consuming [UInt8]) -> WriteID {
        let write = WriteID(nextWrite)
        nextWrite += 1
        for index in queue.zombies.indices where queue.zombies[index].zombie?.owesPrompt == true {
            queue.zombies[index].zombie?.eaten.append(contentsOf: copy bytes)
        }
        actions.append(.write(write, bytes))
        return write
    }

    mutating func internalID() -> ExchangeID {
        nextInternal -= 1
        return ExchangeID(nextInternal)
    }
}
