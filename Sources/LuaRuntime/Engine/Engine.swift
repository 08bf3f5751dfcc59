import CLuaShim
import Synchronization

/// The inside of a VM: the Lua state, its tasks, and the order in which they run. Lives on the VM's thread alone; the
/// only way in from elsewhere is the host's mailbox.
final class Engine {
    enum Stage {
        case running
        /// The main task has ended; the others are being cancelled and awaited.
        case settling
        /// `defer` bodies, last first.
        case deferring
        case ended
    }

    let program: LuaProgram
    let host: LuaHost
    let unretainedHost: Unmanaged<LuaHost>
    let live: LiveState
    let objects = ObjectTable()
    let functions = FunctionTable()
    // Unchecked where every wait passes: all of it is read and written on the VM's thread, at once.
    @exclusivity(unchecked) var state: OpaquePointer?
    @exclusivity(unchecked) var outgoing = CellWriter()
    /// What synchronous calls give back. Behind a pointer, since every call writes here: a property of a class would be
    /// checked for exclusive access each time.
    let results: UnsafeMutablePointer<CellWriter>
    /// Of the last resume.
    let report: UnsafeMutablePointer<mwl_report>
    let callReferences = ReferenceCache()
    /// Members described to the shim, alive until the next description.
    var describedMembers: [mwl_member] = []

    var stage = Stage.running
    var tasks: [UInt64: TaskRecord] = [:]
    @exclusivity(unchecked) var slots: [TaskSlot] = []
    var freeSlots: [Int] = []
    @exclusivity(unchecked) var ready: [(task: TaskRecord, resumption: Resumption)] = []
    @exclusivity(unchecked) var readyHead = 0
    /// The task whose wait is being started, until it is answered; which wait; and its answer when that came before the
    /// start was over.
    @exclusivity(unchecked) var beginning: Unmanaged<TaskRecord>?
    @exclusivity(unchecked) var beginningTag = LuaCompletion.Tag(task: 0, sequence: 0)
    @exclusivity(unchecked) var immediate: Resumption?
    /// How many more answers the current task may get without a turn.
    @exclusivity(unchecked) var answersLeft = 0
    /// Whether it stands in ``outgoing`` already.
    @exclusivity(unchecked) var isWritten = false
    /// Filled for each wait, and given to its function; and the same unretained.
    @exclusivity(unchecked) var call: LuaCall
    @exclusivity(unchecked) var unretainedCall: Unmanaged<LuaCall>
    var lastTaskID: UInt64 = 0
    var lastScopeID: UInt64 = 0
    var scopes: [UInt64: Scope] = [:]
    @exclusivity(unchecked) var pendingSpawns: [PendingSpawn] = []
    var pendingChildren: Int { pendingSpawns.count }
    @exclusivity(unchecked) var current: TaskRecord?
    var main: TaskRecord?
    var handlers: [ObjectIdentifier: Handler] = [:]
    /// Swift tasks of `.async` functions that have not ended.
    var asyncTasks: [UInt64: Task<Void, Never>] = [:]
    var lastAsyncID: UInt64 = 0
    var deferred: [LuaFunctionReference] = []
    /// Tasks that wait for a module another task is loading.
    var moduleWaiters: [String: [(task: TaskRecord, sequence: UInt64)]] = [:]
    var scheduledPorts: [LuaEventPort] = []

    var timers = TimerQueue()
    var graceTimer: UInt64?
    var deadlineTimer: UInt64?

    var cause: LuaCause?
    var isKilled = false
    var ending: LuaOutcome.Ending?
    var laterFailures: [LuaFailure] = []
    var usage = LuaUsage()
    var outputBytes = 0
    var onEnd: ((LuaOutcome) -> Void)?

    struct TaskSlot {
        var generation: UInt32
        var task: TaskRecord?
    }

    enum Resumption {
        case start([LuaValue])
        case values([LuaValue])
        indirect case failure(LuaFailure)
        case cancel
    }

    var currentTaskInfo: LuaTaskInfo {
        LuaTaskInfo(id: current?.id ?? 0, name: current?.name ?? "main")
    }

    init(program: LuaProgram, host: LuaHost, live: LiveState) {
        self.program = program
        self.host = host
        unretainedHost = .passUnretained(host)
        self.live = live
        call = LuaCall(host: host)
        unretainedCall = .passUnretained(call)
        report = .allocate(capacity: 1)
        report.initialize(to: mwl_report())
        results = .allocate(capacity: 1)
        results.initialize(to: CellWriter())
    }

    deinit {
        results.deinitialize(count: 1)
        results.deallocate()
        report.deallocate()
    }

    /// One turn: everything that can be done now. Returns when to be called again, on the system clock; with another
    /// clock it asks that one.
    func turn() -> Int64? {
        guard stage != .ended else { return nil }
        var again = true
        while again {
            takeMail()
            fireTimers()
            drainPorts()
            runReady()
            collectReleases()
            advanceStage()
            again = stage != .ended && (readyHead < ready.count || !scheduledPorts.isEmpty || hasMail)
        }
        guard stage != .ended else { return nil }
        if host.isOnSystemClock { return timers.next }
        let thread = host.thread
        host.clock.wake(at: timers.next) { thread.ring() }
        return nil
    }

    /// What this thread posts itself rings no bell.
    private var hasMail: Bool {
        host.mailbox.withLock { !$0.ports.isEmpty }
    }

    private func takeMail() {
        let (ports, releases, orders) = host.mailbox.withLock { mailbox in
            defer {
                mailbox.ports = []
                mailbox.releases = []
                mailbox.orders = []
            }
            return (mailbox.ports, mailbox.releases, mailbox.orders)
        }
        if scheduledPorts.isEmpty { scheduledPorts = ports } else { scheduledPorts += ports }
        release(releases)
        for order in orders {
            switch order {
            case .addTimer(let id, let deadline, let body): _ = timers.add(at: deadline, id: id, body)
            case .cancelTimer(let id): timers.cancel(id)
            case .run(let body): body(self)
            }
        }
    }

    func release(_ references: [Int32]) {
        guard let state, !references.isEmpty else { return }
        references.withUnsafeBufferPointer { mwl_release(state, $0.baseAddress, $0.count) }
    }

    private func fireTimers() {
        let now = host.clock.monotonic
        while let body = timers.popDue(at: now) {
            switch body {
            case .wake(let task, let sequence): wake(task, sequence: sequence, .values([]))
            case .run(let body): body()
            }
        }
    }

    private func runReady() {
        let end = ready.count
        while readyHead < end {
            let (task, resumption) = ready[readyHead]
            readyHead += 1
            run(task, resumption)
        }
        // Always, not only when the queue is empty: with tasks that make each other ready it never is.
        if readyHead == ready.count {
            ready.removeAll(keepingCapacity: true)
        } else {
            ready.removeFirst(readyHead)
        }
        readyHead = 0
    }

    /// Handles that were closed or collected.
    func collectReleases() {
        guard let state else { return }
        var queue: UnsafePointer<UInt64>?
        let count = mwl_released(state, &queue)
        guard count > 0 else { return }
        for released in Array(UnsafeBufferPointer(start: queue, count: count)) {
            objects.release(released)
        }
    }

    func log(_ level: LuaLogRecord.Level, _ message: String, task: TaskRecord? = nil) {
        host.output.log(LuaLogRecord(level, message, task: task?.name))
    }
}
