internal import A7600
public import ATProtocol
internal import Logging
internal import Synchronization

/// One modem: feeds what its line delivers to the protocol core and carries out what the core decides.
///
/// All calls are safe from any thread. Completions, acknowledgements, event and port handlers run on `executor`, one
/// after the other, in the order of the wire; they must not wait, and may submit commands.
public actor ModemSession {
    public nonisolated let executor: any LineExecutor
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.serialExecutor.asUnownedSerialExecutor()
    }

    nonisolated let events = HandlerList<Event>()
    nonisolated let portChanges = HandlerList<PortChange>()
    nonisolated let subscriptions = SubscriptionSet()
    nonisolated let options: SessionOptions
    private nonisolated let lastExchange = Atomic<UInt64>(0)
    private nonisolated let lastState = Mutex(LinkState.closed)
    /// What the module said of itself at the first opening.
    nonisolated let proof = Mutex<[Line]?>(nil)

    let logger: Logger
    let trace: (any TraceSink)?
    let configuration: Configuration
    var phase = Phase.opening
    var generation = PortGeneration(0)
    /// Inputs of a line that came before the line itself was known.
    var early: [LineInput] = []
    /// Continues the serving task when the line, or a pause between two openings, is over.
    var serving: CheckedContinuation<Void, Never>?
    /// It was to be continued before it waited.
    var isContinued = false
    var lostAt: Moment?
    var recordNumbers = RecordNumbers()
    var probe: IdentityProbe?
    var probeInputs: [ATProtocol.Input] = []
    var verified: ((Result<Reply, ATFailure>) -> Void)?
    /// The outcome of the first opening.
    nonisolated let firstOpening = Outcome()

    private var engine: ATEngine
    /// What the core wants done; keeps its capacity.
    private var actions: [Action] = []
    /// Inputs that came while actions were being carried out, such as a write that ends at once.
    private var inputs: [Input] = []
    private var isCarryingOut = false
    private var exchanges: [ExchangeID: Exchange] = [:]
    /// When the core wants to be called.
    var deadline: Moment? { didSet { isTimerStale = true } }
    /// When `+++` is due.
    var escape: Moment? { didSet { isTimerStale = true } }
    /// Whether one of the two has been set since the timer was.
    var isTimerStale = false
    var timer: (any LineTimer)?

    init(
        executor: any LineExecutor,
        configuration: Configuration,
        options: SessionOptions,
        trace: (any TraceSink)?,
        logger: Logger
    ) {
        self.executor = executor
        self.options = options
        self.trace = trace
        self.logger = logger
        var configuration = configuration
        configuration.tracing = trace == nil ? .off : .on
        self.configuration = configuration
        engine = ATEngine(configuration: configuration)
    }

    /// Where the session is between its first opening and its end.
    enum Phase {
        /// The transport is at it.
        case opening
        case open(any OpenLine)
        /// Open, but not yet proved to lead to the same module.
        case verifying(any OpenLine)
        /// The line is lost, or is being closed.
        case lost
        /// The port will not be opened again.
        case abandoned
        /// The scope is left.
        case ended
    }

    /// Who waits for a submitted command.
    struct Exchange: Sendable {
        var command: Command
        var acknowledged: (@Sendable () -> Void)?
        var completion: @Sendable (Result<Reply, ATFailure>) -> Void
    }

    enum Input {
        case opened(PortGeneration)
        case line(LineInput)
        case submitted(ExchangeID, Command)
        case cancelled(ExchangeID)
        case timer
        case closed(PortLoss)
    }

    /// What the module answered to `SessionOptions.identity` at the first opening; nil: not asked, or not yet answered.
    public nonisolated var identity: [Line]? { proof.withLock { $0 } }

    /// What the core last said of the link.
    public nonisolated var state: LinkState { lastState.withLock { $0 } }

    nonisolated func makeExchangeID() -> ExchangeID {
        ExchangeID(lastExchange.add(1, ordering: .relaxed).newValue)
    }

    func begin(_ id: ExchangeID, _ exchange: Exchange) {
        switch phase {
        case .opening, .open, .verifying, .lost:
            exchanges[id] = exchange
            feed(.submitted(id, exchange.command))
        case .abandoned:
            exchange.completion(.failure(ATFailure(.lost(.portVanished), unsent: exchange.command)))
        case .ended:
            exchange.completion(.failure(ATFailure(.closed, unsent: exchange.command)))
        }
    }

    /// Gives one input to the core and carries out what it wants, before any later input.
    func feed(_ input: Input) {
        guard !isCarryingOut else {
            inputs.append(input)
            return
        }
        isCarryingOut = true
        apply(input)
        carryOut()
        var next = 0
        while next < inputs.count {
            apply(inputs[next])
            carryOut()
            next += 1
        }
        if next > 0 { inputs.removeAll(keepingCapacity: true) }
        isCarryingOut = false
        if isTimerStale { setTimer() }
    }

    private func apply(_ input: Input) {
        switch input {
        case .opened(let generation): engine.opened(generation, at: executor.now(), into: &actions)
        case .line(.bytes(let bytes, let at)): engine.received(bytes.span, at: at, into: &actions)
        case .line(.written(Self.escapeWrite, _)): break
        case .line(.written(let id, let at)): engine.written(id, at: at, into: &actions)
        case .line(.closed(let loss, let at)): engine.closed(loss, at: at, into: &actions)
        case .submitted(let id, let command): engine.submitted(id, command, at: executor.now(), into: &actions)
        case .cancelled(let id): engine.cancelled(id, at: executor.now(), into: &actions)
        case .timer: engine.timerFired(at: executor.now(), into: &actions)
        case .closed(let loss): engine.closed(loss, at: executor.now(), into: &actions)
        }
    }

    /// Completions and handlers run in here; what they submit comes as a later input.
    private func carryOut() {
        guard !actions.isEmpty else { return }
        let wall = trace == nil ? WallTime(nanoseconds: 0) : WallTime.now()
        // In a variable of its own, which nobody else can get at while it is read.
        var due: [Action] = []
        swap(&due, &actions)
        for index in due.indices {
            switch due[index] {
            case .write(let id, let bytes): write(bytes, as: id)
            case .setDeadline(let moment): deadline = moment
            case .acknowledge(let id): exchanges[id]?.acknowledged?()
            case .complete(let id, let result): exchanges.removeValue(forKey: id)?.completion(result)
            case .deliver(let event): deliver(event)
            case .link(let request): carryOut(request)
            case .trace(let record): trace?.record(recordNumbers.numbered(record), wall: wall)
            }
        }
        due.removeAll(keepingCapacity: true)
        if actions.isEmpty { swap(&due, &actions) }
    }

    func write(_ bytes: [UInt8], as id: WriteID) {
        guard case .open(let line) = phase else { return }
        line.write(bytes, as: id)
    }

    private func deliver(_ event: Event) {
        if case .state(let state) = event.body { lastState.withLock { $0 = state } }
        events.call(event)
        subscriptions.deliver(event)
    }

    /// Fails what the core has not completed; nothing of it is answered any more.
    func failOpenExchanges(_ code: ATFailure.Code) {
        let open = exchanges.sorted { $0.key.number < $1.key.number }
        exchanges.removeAll()
        for (_, exchange) in open {
            exchange.completion(.failure(ATFailure(code, unsent: exchange.command)))
        }
    }
}
