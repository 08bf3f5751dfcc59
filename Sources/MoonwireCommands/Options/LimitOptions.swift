internal import ArgumentParser
internal import LuaRuntime

/// What a run may use up. Each limit ends the script in an orderly way.
struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Limit of the whole run; none by default.", valueName: "time"))
    var timeout: TimeSpan?

    @Option(
        help: ArgumentHelp("What <close> and defer get after the end of the time or an interrupt.", valueName: "time")
    )
    var grace = TimeSpan(LuaLimits().grace)

    @Option(help: ArgumentHelp("CPU time of the script between two waits.", valueName: "time"))
    var burst = TimeSpan(LuaLimits().burst)

    @Option(help: ArgumentHelp("Memory of the script; no single result may pass four times this.", valueName: "bytes"))
    var memory = ByteCount(LuaLimits().memory)

    @Option(help: ArgumentHelp("Tasks alive at once.", valueName: "number"))
    var tasks: Int = LuaLimits().tasks

    @Option(help: ArgumentHelp("What the script may print.", valueName: "bytes"))
    var output = ByteCount(LuaLimits().output)

    var limits: LuaLimits {
        var limits = LuaLimits()
        limits.deadline = timeout?.duration
        limits.grace = grace.duration
        limits.burst = burst.duration
        limits.memory = memory.bytes
        limits.tasks = tasks
        limits.output = output.bytes
        return limits
    }

    func validate() throws {
        if tasks < 1 { throw ValidationError("--tasks must be at least 1") }
    }
}
