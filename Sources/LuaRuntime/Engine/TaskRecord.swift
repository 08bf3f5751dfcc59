/// The host's half of a task: what it is for, where it stands, what may end it.
final class TaskRecord {
    enum Role {
        case main
        /// Spawned into a scope.
        case child(scope: Scope)
        case handler(Handler)
        /// A `defer` body.
        case cleanup
        /// What a console evaluates.
        case evaluation(reply: @Sendable (LuaEvaluation) -> Void)
    }

    enum State {
        /// In the ready queue, or running.
        case ready
        /// In the call of ``waitFunction``.
        case parked
        case ended
    }

    /// Why the task is to end. Those of outer scopes outlive those of inner ones.
    struct Cancellation {
        /// `nil`: the whole task.
        var scope: Scope?
        var reason: Reason
    }

    enum Reason {
        case scope, timeout, task, `operator`
    }

    let id: UInt64
    /// The slot, and above it the slot's generation.
    let address: UInt64
    let name: String
    let parent: String?
    let spawnedAt: String?
    let role: Role
    let pointer: OpaquePointer
    // Unchecked, for every wait goes through these: they are read and written on the VM's thread, at once.
    @exclusivity(unchecked) var sequence: UInt64 = 0
    @exclusivity(unchecked) var state = State.ready
    /// What it waits in, or waited in last. Unretained: it lives as long as the engine.
    @exclusivity(unchecked) var waitFunction: Unmanaged<FunctionTable.Entry>?
    /// On the run's clock; set when the turn passes to others.
    @exclusivity(unchecked) var waitSince: Int64 = 0
    @exclusivity(unchecked) var abort: LuaFunction.Abort?
    /// That of its sleep; 0: none.
    @exclusivity(unchecked) var timer: UInt64 = 0
    var cancellations: [Cancellation] = []
    /// Its cancellation was raised already: what it waits for belongs to its cleanup.
    @exclusivity(unchecked) var isUnwinding = false
    /// Open scopes, innermost last.
    var scopes: [Scope] = []
    /// Tasks that join this one.
    var joiners: [Joiner] = []
    /// Boxed, since it is large and few tasks fail.
    private var failed: Failed?

    private indirect enum Failed {
        case with(LuaFailure)
    }

    struct Joiner {
        var task: TaskRecord
        var sequence: UInt64
        /// The joiner takes the failure: it does not cancel the scope.
        var observesFailure: Bool
        var value: LuaValue
    }

    init(
        id: UInt64,
        address: UInt64,
        name: String,
        parent: String?,
        spawnedAt: String?,
        role: Role,
        pointer: OpaquePointer
    ) {
        self.id = id
        self.address = address
        self.name = name
        self.parent = parent
        self.spawnedAt = spawnedAt
        self.role = role
        self.pointer = pointer
    }

    var failure: LuaFailure? {
        get { if case .with(let failure) = failed { failure } else { nil } }
        set { failed = newValue.map { .with($0) } }
    }

    var isEnded: Bool {
        if case .ended = state { true } else { false }
    }

    var isCleanup: Bool {
        if case .cleanup = role { true } else { false }
    }

    /// What is below the traceback: `in task "rssi", spawned at provision.lua:40 by task "main"`.
    var chain: String {
        var text = "in task \"\(name)\""
        if let spawnedAt { text += ", spawned at \(spawnedAt)" }
        if let parent { text += " by task \"\(parent)\"" }
        return text
    }
}

/// An open `task.scope`.
final class Scope {
    let id: UInt64
    let name: String?
    /// Its body's task; a scope does not outlive it.
    unowned let owner: TaskRecord
    /// A race: one child's failure is its own business.
    let isLenient: Bool
    var children: [TaskRecord] = []
    var firstFailed: UInt64?
    var suppressed: [UInt64] = []
    var timer: UInt64?
    var isOver = false
    var timedOut = false
    /// The wait of the owner for its children.
    var closer: UInt64?

    init(id: UInt64, name: String?, owner: TaskRecord, isLenient: Bool) {
        self.id = id
        self.name = name
        self.owner = owner
        self.isLenient = isLenient
    }
}

/// A subscription's side in the VM: the events that wait, and the task that handles one.
final class Handler {
    let subscription: LuaSubscription
    var queue: [[LuaValue]] = []
    var task: TaskRecord?
    var isEnding = false
    var hasWarned = false

    init(_ subscription: LuaSubscription) {
        self.subscription = subscription
    }
}
