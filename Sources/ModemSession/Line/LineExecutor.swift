public import ATProtocol

/// The one thread a line, its session and its timer live on.
///
/// The session's actor runs on it, so bytes that arrive are read, decided and answered without a change of thread. A
/// caller that prefers it as task executor (`withTaskExecutorPreference(session.executor)`) is resumed there too. Work
/// that computes for long does not belong on it: it would delay every line of the same thread.
public protocol LineExecutor: TaskExecutor {
    /// The same thread, for actors. An object of its own: a thread that runs a job for an actor must not claim to run
    /// it for a task's preference as well, or the runtime changes executors at each call.
    var serialExecutor: any SerialExecutor { get }

    /// Whether the caller runs on this executor.
    var isCurrent: Bool { get }

    /// The clock of all stamps. Monotonic; origin of the executor's choice. May be virtual.
    func now() -> Moment

    /// Runs `work` on this executor after everything that was handed over before it. From any thread.
    func execute(_ work: @escaping @Sendable () -> Void)

    /// A timer that fires on this executor, behind the bytes that were there in time.
    func makeTimer(_ fire: @escaping @Sendable () -> Void) -> any LineTimer

    /// A timer that fires on this executor as soon as it is due, for the module's end of a line.
    func makePromptTimer(_ fire: @escaping @Sendable () -> Void) -> any LineTimer
}

extension LineExecutor {
    /// For clocks whose timers are exact.
    public func makePromptTimer(_ fire: @escaping @Sendable () -> Void) -> any LineTimer { makeTimer(fire) }
}

/// One deadline, set and fired on the executor that made it.
public protocol LineTimer: AnyObject, Sendable {
    /// Replaces the deadline; nil: none. A deadline in the past fires soon, never inside this call.
    ///
    /// Only to be called on the timer's executor. It may fire early; the owner looks at the clock again.
    func set(_ deadline: Moment?)
}
