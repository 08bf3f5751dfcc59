internal import A7600
internal import ATProtocol
internal import ModemSimulator

/// One deterministic run: the engine, a simulated module and an in-memory broker in one thread under a virtual clock.
///
/// Everything random is drawn from the seed: latencies, cuts, faults, and what the users do. The world watches the
/// properties that must hold and collects what breaks them.
package final class World {
    private enum Happening {
        case toModule([UInt8])
        case toEngine([UInt8])
        case written(WriteID)
        case network(UplinkEvent)
        case opened
        case inject(Fault)
        case mishap(Plan.Mishap)
        case cancel(ExchangeID)
        case wake(Int)
    }

    package let seed: UInt64
    let plan: Plan
    package private(set) var violations: [String] = []
    /// What happened, for the report of a failing seed.
    package private(set) var log: [String] = []
    private(set) var now = Moment(nanoseconds: 0)

    private var random: SplitMix64
    private var engine: ATEngine
    private var module: SimulatedA7600
    private var broker = InMemoryUplink()
    private var users: [User]
    private var watch: Watch

    private var pending: [(moment: Moment, generation: UInt32?, what: Happening)] = []
    private var engineDeadline: Moment?
    private var moduleDeadline: Moment?
    private var generation: UInt32 = 0
    private var isOpen = false
    private var isPortPresent = true
    private var lastToModule = Moment(nanoseconds: 0)
    private var lastToEngine = Moment(nanoseconds: 0)
    private var lastNetwork = Moment(nanoseconds: 0)
    private var nextExchange: UInt64 = 0
    private var owners: [ExchangeID: Int] = [:]
    private var steps = 0
    /// Until when the module may work on a command that was given a time limit; some profiles answer nothing else then.
    private var busyUntil = Moment(nanoseconds: 0)
    /// Nothing goes wrong any more: neither faults nor impatient callers.
    private var isCalm = false

    package init(seed: UInt64) {
        self.seed = seed
        var random = SplitMix64(seed: seed)
        plan = Plan(random: &random)
        var configuration = plan.profile.engineConfiguration()
        configuration.tracing = .off
        engine = ATEngine(configuration: configuration)
        var moduleConfiguration = ModuleConfiguration(profile: plan.profile, seed: seed)
        moduleConfiguration.start = plan.start
        module = SimulatedA7600(configuration: moduleConfiguration, at: now)
        users = [.client(0), .client(1), .general(0), .general(1)].map { User($0, seed: seed) }
        watch = Watch(isNoisy: plan.isNoisy)
        self.random = random
    }

    // MARK: The run

    /// Runs until all users are done and the module has shown that it is usable.
    package func run() {
        turnModule { $0.timerFired(at: $1, into: &$2) }
        openPort(after: .zero)
        for fault in plan.faults { add(.inject(fault.fault), after: fault.at) }
        for mishap in plan.mishaps { add(.mishap(mishap.mishap), after: mishap.at) }
        for index in users.indices { add(.wake(index), after: .milliseconds(Int64(random.next() % 2000))) }
        advance(until: Moment(nanoseconds: 0) + .seconds(3 * 3600)) {
            self.users.allSatisfy(\.isDone) && self.owners.isEmpty
        }
        if !owners.isEmpty { violations.append("\(owners.count) commands never ended") }
        if !users.allSatisfy(\.isDone) { violations.append("a user never came to an end") }
        advance(until: max(now, plan.calm), when: nil)
        isCalm = true
        check(.last, by: max(now, busyUntil) + .seconds(60), "AT did not succeed within 60 s of the last fault")
        check(.proof, by: now + .seconds(900), "no message could be published within 15 minutes of the last fault")
        // Whatever is still on its way.
        advance(until: now + .seconds(10), when: nil)
        watch.settle(isWhole: plan.faults.isEmpty && plan.mishaps.isEmpty && generation == 1)
        violations += watch.violations
        checkMessages()
    }

    private func check(_ role: User.Role, by limit: Moment, _ complaint: String) {
        users.append(User(role, seed: seed))
        let last = users.count - 1
        add(.wake(last), after: .zero)
        advance(until: limit) { self.users[last].isDone }
        if !users[last].isDone { violations.append(complaint) }
    }

    private func checkMessages() {
        for (payload, isAcknowledged) in users.flatMap(\.published) {
            let count = broker.received.count { $0.payload == payload }
            guard count <= 1 else {
                violations.append("a publish reached the broker \(count) times")
                continue
            }
            if isAcknowledged, count == 0, !plan.isNoisy {
                violations.append("an acknowledged publish never reached the broker")
            }
        }
    }

    private func advance(until limit: Moment, when isOver: (() -> Bool)?) {
        while isOver?() != true {
            steps += 1
            guard steps < 400_000 else {
                violations.append("the run does not come to an end")
                return
            }
            let next = [pending.first?.moment, engineDeadline, moduleDeadline].compactMap(\.self).min() ?? limit
            guard next <= limit else {
                now = max(now, limit)
                return
            }
            now = max(now, next)
            if let first = pending.first, first.moment <= now {
                pending.removeFirst()
                if first.generation == nil || first.generation == generation { happen(first.what) }
            } else if let deadline = moduleDeadline, deadline <= now {
                turnModule { $0.timerFired(at: $1, into: &$2) }
            } else if let deadline = engineDeadline, deadline <= now {
                turnEngine { $0.timerFired(at: $1, into: &$2) }
            } else {
                return
            }
        }
    }

    private func add(_ what: Happening, after delay: Duration, generation: UInt32? = nil) {
        add(what, at: now + delay, generation: generation)
    }

    private func add(_ what: Happening, at moment: Moment, generation: UInt32? = nil) {
        let index = pending.lastIndex { $0.moment <= moment }.map { $0 + 1 } ?? 0
        pending.insert((moment, generation, what), at: index)
    }

    /// How long the module itself may work on this command line: the limit in it, or `optimeout`.
    private static func timeLimit(of line: [UInt8]) -> Duration? {
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("AT+CMQTTPUB=") || text.hasPrefix("AT+CMQTTDISC=") { return .seconds(60) }
        let hasLimit = ["CONNECT", "SUB", "UNSUB"].contains { text.hasPrefix("AT+CMQTT\($0)=") }
        return hasLimit ? .seconds(120) : nil
    }

    private func happen(_ what: Happening) {
        switch what {
        case .toModule(let bytes):
            note(">", bytes)
            if let limit = Self.timeLimit(of: bytes) { busyUntil = max(busyUntil, now + limit) }
            turnModule { $0.received(bytes, at: $1, into: &$2) }
        case .toEngine(let bytes):
            note("<", bytes)
            watch.delivered(bytes)
            turnEngine { $0.received(bytes.span, at: $1, into: &$2) }
            watch.buffered(engine.bufferedBytes)
        case .written(let write): turnEngine { $0.written(write, at: $1, into: &$2) }
        case .network(let event):
            if case .message(let client, let message) = event { watch.arrived(message.payload, for: client) }
            turnModule { $0.uplink(event, at: $1, into: &$2) }
        case .opened: opened()
        case .inject(let fault):
            note("fault \(fault)")
            turnModule { $0.inject(fault, at: $1, into: &$2) }
        case .mishap(let mishap):
            note("mishap \(mishap)")
            suffer(mishap)
        case .cancel(let id):
            if owners[id] != nil { turnEngine { $0.cancelled(id, at: $1, into: &$2) } }
        case .wake(let index): proceed(index, nil)
        }
    }

    package var tally: Tally {
        Tally(
            commands: Int(nextExchange),
            acknowledgedMessages: users.flatMap(\.published).count(where: \.isAcknowledged),
            receivedMessages: watch.receivedMessages,
            faults: plan.faults.count + plan.mishaps.count
        )
    }

    // MARK: Port

    private func openPort(after delay: Duration) {
        add(.opened, after: delay)
    }

    private func opened() {
        guard isPortPresent, !isOpen else { return }
        isOpen = true
        generation += 1
        note("open \(generation)")
        turnEngine { [generation] in $0.opened(PortGeneration(generation), at: $1, into: &$2) }
    }

    private func closePort() {
        guard isOpen else { return }
        isOpen = false
        generation += 1
        watch.portLost()
        note("closed")
        turnEngine { $0.closed(.vanished, at: $1, into: &$2) }
    }

    // MARK: The engine

    private func turnEngine(_ input: (inout ATEngine, Moment, inout [Action]) -> Void) {
        var actions: [Action] = []
        input(&engine, now, &actions)
        for action in actions { execute(action) }
    }

    private func execute(_ action: Action) {
        switch action {
        case .write(let id, let bytes):
            watch.wrote(bytes)
            let arrival = max(lastToModule, now + latency())
            lastToModule = arrival
            add(.written(id), at: arrival, generation: generation)
            add(.toModule(bytes), at: arrival, generation: generation)
        case .setDeadline(let deadline): engineDeadline = deadline
        case .acknowledge(let id):
            watch.answered(id)
        case .complete(let id, let result):
            watch.completed(id, result)
            guard let owner = owners.removeValue(forKey: id) else {
                violations.append("\(id) completed twice, or was never submitted")
                return
            }
            if case .failure(let failure) = result { note("failed \(failure.command): \(failure.code)") }
            add(.wake(owner), after: .zero)
            users[owner].outcome = result
        case .deliver(let event):
            watch.event(event)
            note("event \(event.body)")
            if case .state(.failed) = event.body {
                closePort()
                openPort(after: .seconds(1))
            }
        case .link(let request): carryOut(request)
        case .trace: break
        }
    }

    private func carryOut(_ request: LinkRequest) {
        note("link \(request)")
        switch request {
        case .toggleDTR: break
        case .escape: add(.toModule(Array("+++".utf8)), after: .seconds(1), generation: generation)
        case .reopen, .reset:
            closePort()
            openPort(after: .milliseconds(100))
        }
    }

    // MARK: The module

    private func turnModule(_ input: (inout SimulatedA7600, Moment, inout [SimulatorAction]) -> Void) {
        var actions: [SimulatorAction] = []
        input(&module, now, &actions)
        for action in actions { execute(action) }
    }

    private func execute(_ action: SimulatorAction) {
        switch action {
        case .transmit(let bytes): carry(bytes)
        case .setDeadline(let deadline): moduleDeadline = deadline
        case .request(let request): perform(request)
        case .persist: break
        case .port(.vanished):
            isPortPresent = false
            closePort()
        case .port(.returned):
            isPortPresent = true
            openPort(after: .milliseconds(200))
        }
    }

    /// Cuts what the module sends, now and then, and lets the pieces take their time.
    private func carry(_ bytes: [UInt8]) {
        guard isOpen else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            let size = random.next() % 4 == 0 ? 1 + Int(random.next() % 12) : rest.count
            let piece = rest.prefix(size)
            rest = rest.dropFirst(piece.count)
            lastToEngine = max(lastToEngine, now + latency())
            add(.toEngine(Array(piece)), at: lastToEngine, generation: generation)
        }
    }

    private func perform(_ request: UplinkRequest) {
        if case .abandon(let client) = request {
            // What was under way on a dropped connection does not arrive any more.
            pending.removeAll { if case .network(let event) = $0.what { event.client == client } else { false } }
        }
        bring(broker.perform(request))
    }

    private func suffer(_ mishap: Plan.Mishap) {
        switch mishap {
        case .loss(let client, let loss): bring(broker.breakConnection(client, loss))
        case .silence(let stage): broker.leaveUnanswered(stage)
        case .failure(let stage, let failure): broker.fail(stage, with: failure)
        }
    }

    /// Events from the broker reach the module after a while.
    private func bring(_ events: [UplinkEvent]) {
        for event in events {
            lastNetwork = max(lastNetwork, now + .microseconds(Int64(random.next() % 30_000)))
            add(.network(event), at: lastNetwork)
        }
    }

    private func latency() -> Duration {
        random.next() % 3 == 0 ? .zero : .microseconds(Int64(random.next() % 1500))
    }

    // MARK: Users

    private func proceed(_ index: Int, _ outcome: Result<Reply, ATFailure>?) {
        let outcome = users[index].outcome.take()
        switch users[index].next(outcome, plan.profile) {
        case .command(let line, let data): submit(index, line, data)
        case .pause(let duration): add(.wake(index), after: duration)
        case .done: break
        }
    }

    private func submit(_ index: Int, _ line: String, _ data: [UInt8]?) {
        guard
            var command = try? Catalogue.command(line: line, data: data, profile: plan.profile, checking: .framingOnly)
        else {
            violations.append("no command: \(line)")
            return
        }
        // A session may be used before its port is there; then only a deadline of the caller ends the wait.
        if !isCalm { command.timeout = .seconds(600) }
        if !isCalm, random.next() % 20 == 0 { command.timeout = .milliseconds(Int64(1 + random.next() % 4000)) }
        let id = ExchangeID(nextExchange)
        nextExchange += 1
        owners[id] = index
        watch.submitted(id, command)
        note("submit \(id.number) \(line)")
        if !isCalm, random.next() % 25 == 0 { add(.cancel(id), after: .milliseconds(Int64(random.next() % 300))) }
        turnEngine { $0.submitted(id, command, at: $1, into: &$2) }
    }

    // MARK: Log

    private func note(_ direction: String, _ bytes: [UInt8]) {
        note("\(direction) \(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }

    private func note(_ text: @autoclosure () -> String) {
        guard isLogging else { return }
        log.append("\(now.nanoseconds / 1000) µs  \(text())")
    }

    package var isLogging = false
}

extension UplinkEvent {
    fileprivate var client: Int {
        switch self {
        case .connected(let client), .connectFailed(let client, _), .disconnected(let client, _),
            .published(let client, _, _), .subscribed(let client, _, _), .unsubscribed(let client, _, _),
            .message(let client, _), .lost(let client, _):
            client
        }
    }
}
