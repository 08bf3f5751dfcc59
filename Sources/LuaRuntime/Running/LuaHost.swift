import Synchronization

/// What bindings may ask of their VM, from any thread.
public final class LuaHost: Sendable {
    public let clock: any LuaClock
    public let grants: LuaGrants
    /// The script's file name, as messages show it.
    public let scriptName: String
    let folder: String?
    let limits: LuaLimits
    let output: any LuaOutput
    let secrets: KnownSecrets
    let mailbox = Mutex(Mailbox())
    let thread: VMThread
    let fileCounts = FileCounts()
    let isOnSystemClock: Bool
    /// While the VM lives. `nonisolated(unsafe)`: set, read and cleared on the VM's thread alone.
    @exclusivity(unchecked) nonisolated(unsafe) var engine: Unmanaged<Engine>?

    init(_ program: LuaProgram, thread: VMThread) {
        clock = program.clock
        grants = program.grants
        scriptName = program.name
        folder = program.folder
        limits = program.limits
        output = program.output
        secrets = program.secrets
        self.thread = thread
        isOnSystemClock = program.clock is LuaSystemClock
    }

    /// What other threads left for the VM.
    struct Mailbox {
        enum Order {
            case addTimer(id: UInt64, deadline: Int64, body: @Sendable () -> Void)
            case cancelTimer(UInt64)
            case run(@Sendable (Engine) -> Void)
        }

        var ports: [LuaEventPort] = []
        var releases: [Int32] = []
        var orders: [Order] = []
        var lastTimer: UInt64 = 1 << 62
        var hasEnded = false
        var defaultPort: LuaEventPort?
    }

    /// The port of completions that need no order among other events.
    public var defaultPort: LuaEventPort {
        mailbox.withLock { mailbox in
            if let port = mailbox.defaultPort { return port }
            let port = LuaEventPort(name: "host", host: self)
            mailbox.defaultPort = port
            return port
        }
    }

    /// A way into the VM for one producer whose events keep their order.
    public func makePort(named name: String) -> LuaEventPort {
        LuaEventPort(name: name, host: self)
    }

    /// A subscription that calls `function` for each event. It lives until it is closed, its handler fails, or the run
    /// ends. `queueLimit`: events waiting for the handler; the oldest goes first.
    public func subscribe(
        _ function: LuaFunctionReference,
        name: String,
        queueLimit: Int = 64,
        onError: LuaSubscription.ErrorPolicy = .failRun
    ) -> LuaSubscription {
        let subscription = LuaSubscription(function: function, name: name, queueLimit: queueLimit, onError: onError)
        order(.run { $0.adopt(subscription) })
        return subscription
    }

    /// Calls `body` on the VM thread when the run's clock has advanced by `delay`, unless cancelled before.
    public func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) -> LuaTimer {
        let deadline = clock.monotonic + delay.wholeNanoseconds
        let id = mailbox.withLock { mailbox in
            mailbox.lastTimer += 1
            mailbox.orders.append(.addTimer(id: mailbox.lastTimer, deadline: deadline, body: body))
            return mailbox.lastTimer
        }
        thread.ring()
        return LuaTimer(id: id, host: self)
    }

    public func log(_ record: LuaLogRecord) {
        output.log(record)
    }

    /// A value that scripts hand on unseen, and that is masked where the run shows it from now on.
    func secret(_ bytes: [UInt8], origin: String) -> LuaValue {
        secrets.add(bytes)
        return .object(LuaSecret(bytes: bytes, origin: origin))
    }

    func order(_ order: Mailbox.Order) {
        mailbox.withLock { mailbox in
            if !mailbox.hasEnded { mailbox.orders.append(order) }
        }
        thread.ring()
    }

    func accept(_ event: LuaEventPort.Event, at port: LuaEventPort) {
        let wasIdle = port.ring.withLock { $0.append(event) }
        guard wasIdle else { return }
        let hasEnded = mailbox.withLock { mailbox in
            if !mailbox.hasEnded { mailbox.ports.append(port) }
            return mailbox.hasEnded
        }
        if hasEnded { return port.refuse() }
        if thread.isIsolatingCurrentContext() != true { thread.ring() }
    }

    /// What is completed on the VM's own thread needs no port.
    func complete(_ completion: LuaCompletion, _ result: Result<[LuaValue], LuaFailure>) {
        if thread.isCurrent, let engine {
            engine._withUnsafeGuaranteedRef { $0.complete(completion.tag, result) }
        } else {
            defaultPort.post(.complete(completion, result))
        }
    }

    func succeed(_ completion: LuaCompletion, _ values: [LuaValue]) {
        if thread.isCurrent, let engine {
            engine._withUnsafeGuaranteedRef { $0.succeed(completion.tag, values) }
        } else {
            defaultPort.post(.complete(completion, .success(values)))
        }
    }

    func releaseFunction(_ reference: Int32) {
        mailbox.withLock { mailbox in
            if !mailbox.hasEnded { mailbox.releases.append(reference) }
        }
    }
}

/// A pending call of ``LuaHost/after(_:_:)``.
public final class LuaTimer: Sendable {
    let id: UInt64
    let host: LuaHost

    init(id: UInt64, host: LuaHost) {
        self.id = id
        self.host = host
    }

    /// From any thread; too late is harmless.
    public func cancel() {
        host.order(.cancelTimer(id))
    }
}

extension Duration {
    /// In nanoseconds; saturates beyond ±292 years.
    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? (seconds < 0 ? .min : .max) : scaled + attoseconds / 1_000_000_000
    }
}
