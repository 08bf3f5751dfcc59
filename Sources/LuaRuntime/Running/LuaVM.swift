/// One Lua state on its own thread, for one program.
///
/// The actor's executor is that thread (16 MB stack). Nothing outlives ``run()``: when it returns, the tasks have ended,
/// handles and references are released, the state is closed and the thread joined; unless the watchdog had to give up
/// on the VM, which is then left behind.
public actor LuaVM {
    public nonisolated let host: LuaHost
    public nonisolated var unownedExecutor: UnownedSerialExecutor { preconditionFailure("not yet") }

    public init(_ program: LuaProgram) {
        preconditionFailure("not yet")
    }

    /// Boots the state, runs the program and tears everything down. Call it once.
    public nonisolated func run() async -> LuaOutcome {
        preconditionFailure("not yet")
    }

    public enum Interrupt: Sendable {
        /// The first SIGINT: every task is cancelled, `<close>` and `defer` run within the grace.
        case cancel
        /// The second: nothing of the script runs any more.
        case kill
    }

    /// From any thread, a signal handler's thread included.
    public nonisolated func interrupt(_ interrupt: Interrupt) {
        preconditionFailure("not yet")
    }

    /// State, waited-for operation, age and stack of every task, for SIGQUIT. The run goes on.
    public func describeTasks() -> String {
        preconditionFailure("not yet")
    }

    public nonisolated var usage: LuaUsage { preconditionFailure("not yet") }

    /// The binding tables every VM has: `task time json hex base64 hash file log secret` and the globals.
    public static var genericModules: [LuaModule] { [] }
}
