import ATProtocol
import Synchronization

/// Runs a simulated module on the real clock, with a network behind it. It stands behind a pty, a TCP port or an
/// in-process transport.
///
/// Bytes leave through `transmit` during the call of `receive` that caused them, on the actor's executor: pass the
/// executor of the transport, and no thread is changed between a command and its answer.
package actor SimulatedModule {
    private enum State { case running, ended }

    /// What the module does to the world beside the network. All are called on the actor's executor, in order.
    package struct Outlets: Sendable {
        /// Bytes to the host. Never empty.
        package var transmit: @Sendable ([UInt8]) -> Void
        /// Must have made the change durable when it returns; the bytes that promise it follow.
        package var persist: @Sendable (StoreChange) -> Void
        /// A fault took the port away, or gave it back.
        package var port: @Sendable (SimulatorAction.PortPresence) -> Void
        /// The loop behind the actor's executor; nil: tasks do its work, with a change of thread each.
        package var loop: Loop?

        package init(
            transmit: @escaping @Sendable ([UInt8]) -> Void,
            persist: @escaping @Sendable (StoreChange) -> Void = { _ in },
            port: @escaping @Sendable (SimulatorAction.PortPresence) -> Void = { _ in },
            loop: Loop? = nil
        ) {
            self.transmit = transmit
            self.persist = persist
            self.port = port
            self.loop = loop
        }
    }

    /// What a loop does for the actors that run on it.
    package struct Loop: Sendable {
        /// Runs a closure on the loop soon.
        package var enqueue: @Sendable (@escaping @Sendable () -> Void) -> Void
        /// Makes a timer that calls `fire` on the loop, and gives what sets it there: to so long from now, or to
        /// nothing. It may fire early.
        package var makeTimer: @Sendable (_ fire: @escaping @Sendable () -> Void) -> @Sendable (Duration?) -> Void

        package init(
            enqueue: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void,
            makeTimer: @escaping @Sendable (_ fire: @escaping @Sendable () -> Void) -> @Sendable (Duration?) -> Void
        ) {
            self.enqueue = enqueue
            self.makeTimer = makeTimer
        }
    }

    package nonisolated let unownedExecutor: UnownedSerialExecutor
    /// What `unownedExecutor` belongs to must live as long as the actor.
    private let executorOwner: any Sendable & AnyObject
    private var state = State.running
    private var machine: SimulatedA7600
    private var actions: [SimulatorAction] = []
    private let clock: MonotonicClock
    private let outlets: Outlets
    private let uplink: any MQTTUplink
    private let inbox: UplinkInbox
    /// When the timer wakes: early perhaps, never late.
    private var wakes: Moment?
    /// The loop's timer, once it was needed.
    private var loopTimer: (@Sendable (Duration?) -> Void)?
    /// Sleeps where there is no loop; awaited by `shutdown`.
    private var sleeper: Task<Void, Never>?

    /// - Parameters:
    ///   - uplink: makes the network side; called once, here.
    ///   - executor: runs the actor; nil: an executor of its own.
    /// - Throws: what the factory throws.
    package init(
        configuration: ModuleConfiguration,
        uplink makeUplink: MQTTUplinkFactory,
        executor: (any SerialExecutor)? = nil,
        outlets: Outlets
    ) throws {
        let home = Home()
        unownedExecutor = executor?.asUnownedSerialExecutor() ?? home.unownedExecutor
        executorOwner = executor ?? home
        let inbox = UplinkInbox()
        let clock = MonotonicClock()
        self.inbox = inbox
        self.clock = clock
        self.outlets = outlets
        machine = SimulatedA7600(configuration: configuration, at: clock.now)
        uplink = try makeUplink { inbox.deliver($0) }
        inbox.attach(self, enqueue: outlets.loop?.enqueue)
    }

    /// Starts what begins without the host: a cold boot and timed faults. Call it when the port is open.
    package func start() {
        turn { $0.timerFired(at: $1, into: &$2) }
    }

    /// Bytes from the host, in order.
    package func receive(_ bytes: [UInt8]) {
        turn { $0.received(bytes, at: $1, into: &$2) }
    }

    /// Adds a fault; its times count from now.
    package func inject(_ fault: Fault) {
        turn { $0.inject(fault, at: $1, into: &$2) }
    }

    /// Ends all faults.
    package func clearFaults() {
        turn { $0.clearFaults(at: $1, into: &$2) }
    }

    package var status: ModuleStatus { machine.status }

    /// Ends the module as a power cut would, and the network side with it. Nothing is transmitted afterwards.
    package func shutdown() async {
        guard case .running = state else { return }
        state = .ended
        inbox.close()
        wakes = nil
        loopTimer?(nil)
        sleeper?.cancel()
        await sleeper?.value
        await uplink.shutdown()
    }

    // MARK: Turns

    fileprivate func takeUplinkEvents() {
        for event in inbox.take() {
            turn { $0.uplink(event, at: $1, into: &$2) }
        }
    }

    private func turn(_ input: (inout SimulatedA7600, Moment, inout [SimulatorAction]) -> Void) {
        guard case .running = state else { return }
        input(&machine, clock.now, &actions)
        let due = actions
        actions.removeAll(keepingCapacity: true)
        for action in due { execute(action) }
    }

    private func execute(_ action: SimulatorAction) {
        switch action {
        case .transmit(let bytes): outlets.transmit(bytes)
        case .setDeadline(let deadline): arm(deadline)
        case .request(let request): uplink.perform(request)
        case .persist(let change): outlets.persist(change)
        case .port(let presence): outlets.port(presence)
        }
    }

    /// A timer that wakes earlier is kept: the module finds nothing due and names its deadline again.
    private func arm(_ deadline: Moment?) {
        if let wakes, let deadline, wakes <= deadline { return }
        wakes = deadline
        guard let loop = outlets.loop else {
            sleeper?.cancel()
            sleeper = deadline.map(sleep)
            return
        }
        if loopTimer == nil, deadline != nil {
            loopTimer = loop.makeTimer { [weak self] in
                self?.assumeIsolated { $0.timerFired() }
            }
        }
        loopTimer?(deadline.map { $0 - clock.now })
    }

    /// Ends when it has fired or is replaced; the last one is awaited by `shutdown`.
    private func sleep(until deadline: Moment) -> Task<Void, Never> {
        let instant = clock.instant(of: deadline)
        return Task {
            do { try await Task.sleep(until: instant, tolerance: .zero, clock: .continuous) } catch { return }
            if self.wakes == deadline { self.timerFired() }
        }
    }

    private func timerFired() {
        wakes = nil
        turn { $0.timerFired(at: $1, into: &$2) }
        if wakes == nil { arm(machine.deadline) }
    }
}

/// An actor whose executor other actors borrow.
private actor Home {}

/// The real clock as moments since the module was made.
private struct MonotonicClock: Sendable {
    private let origin = ContinuousClock.now

    var now: Moment { Moment(nanoseconds: (ContinuousClock.now - origin).nanoseconds) }
    func instant(of moment: Moment) -> ContinuousClock.Instant {
        origin.advanced(by: .nanoseconds(moment.nanoseconds))
    }
}

/// Carries uplink events from any thread to the module, in order.
private final class UplinkInbox: Sendable {
    private struct Contents {
        var events: [UplinkEvent] = []
        weak var module: SimulatedModule?
        var enqueue: (@Sendable (@escaping @Sendable () -> Void) -> Void)?
        var isClosed = false
    }

    private let contents = Mutex(Contents())

    func attach(_ module: SimulatedModule, enqueue: (@Sendable (@escaping @Sendable () -> Void) -> Void)?) {
        contents.withLock {
            $0.module = module
            $0.enqueue = enqueue
        }
    }

    func deliver(_ event: UplinkEvent) {
        let (module, enqueue) = contents.withLock { contents in
            guard !contents.isClosed else { return (nil as SimulatedModule?, contents.enqueue) }
            contents.events.append(event)
            return (contents.events.count == 1 ? contents.module : nil, contents.enqueue)
        }
        guard let module else { return }
        // Takes whatever has come until it runs; it ends by itself, and finds nothing after `shutdown`.
        if let enqueue {
            enqueue { module.assumeIsolated { $0.takeUplinkEvents() } }
        } else {
            Task { await module.takeUplinkEvents() }
        }
    }

    func take() -> [UplinkEvent] {
        contents.withLock { contents in
            defer { contents.events.removeAll() }
            return contents.events
        }
    }

    func close() {
        contents.withLock {
            $0.isClosed = true
            $0.events.removeAll()
        }
    }
}
