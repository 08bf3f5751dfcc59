/// Why a run was told to end before its script did. The first one sticks.
public enum LuaCause: String, Sendable {
    case deadline
    case burst
    case memory
    case output
    /// SIGINT, SIGTERM, or whoever called ``LuaVM/interrupt(_:)``.
    case `operator`
}

/// How a run ended. Exit codes are made of it elsewhere.
public struct LuaOutcome: Sendable {
    public enum Ending: Sendable {
        /// The main chunk returned these.
        case finished([LuaValue])
        /// An uncaught error of the main chunk, a task, or a handler; also memory, and a failed `check`.
        case failed(LuaFailure)
        /// The main chunk did not load: too large, binary, or it does not parse. The message begins with `file:line`.
        case refused(LuaFailure)
        /// Deadline, burst or watchdog. The failure is what the script died of, when it died of the cancellation.
        case timedOut(LuaCause, LuaFailure?, blocked: LuaBlockage?)
        /// ``LuaVM/interrupt(_:)``.
        case aborted(LuaFailure?)
    }

    public var ending: Ending
    /// Errors of `defer` bodies and of handlers that came after the one in ``ending``.
    public var laterFailures: [LuaFailure]
    public var usage: LuaUsage

    init(ending: Ending, laterFailures: [LuaFailure], usage: LuaUsage) {
        self.ending = ending
        self.laterFailures = laterFailures
        self.usage = usage
    }

    /// Of a VM that its watchdog has given up on.
    public init(blocked blockage: LuaBlockage) {
        self.init(ending: .timedOut(blockage.cause, nil, blocked: blockage), laterFailures: [], usage: LuaUsage())
    }
}

/// Counters of one VM.
public struct LuaUsage: Sendable, Equatable {
    /// Bytes the allocator holds, now and at most.
    public var memory = 0
    public var peakMemory = 0
    public var tasks = 0
    public var handles = 0
    public var functionReferences = 0
    /// Completions that came after their call was over.
    public var lateCompletions = 0
    public var droppedEvents = 0

    public init() {}
}
