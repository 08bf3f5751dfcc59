/// `time`: waits and clocks.
extension EngineModule {
    static var time: EngineModule {
        EngineModule(
            name: "time",
            placement: .global,
            functions: [
                .wait("sleep") { engine, task, arguments throws(LuaFailure) in
                    let delay = try arguments.duration(0)
                    let sequence = task.sequence
                    let id = engine.timers.add(at: engine.host.clock.monotonic + delay.wholeNanoseconds) {
                        [unowned engine] in
                        engine.wake(task, sequence: sequence, .values([]))
                    }
                    // Runs on the VM thread, inside the engine, like everything that cancels a wait.
                    let timer = EngineTimer(engine: engine, id: id)
                    return { timer.cancel() }
                },
                .call("now") { engine, call throws(LuaFailure) in
                    try call.push(.number(engine.host.clock.wall))
                },
                .call("monotonic") { engine, call throws(LuaFailure) in
                    try call.push(.number(Double(engine.host.clock.monotonic) / 1e9))
                },
                .call("iso") { engine, call throws(LuaFailure) in
                    let time = call.count > 0 ? try call.number(0) : engine.host.clock.wall
                    try call.push(.text(CalendarTime.iso(time)))
                },
                .call("after", hidden: true) { _, call throws(LuaFailure) in
                    let delay = try call.arguments.duration(0)
                    try call.push(.number(Double(delay.wholeNanoseconds) / 1e9))
                },
            ],
            prelude: """
                local host, vm = ...
                local meta = { __metatable = false, __name = "timer" }
                meta.__index = { wait = function(self) time.sleep(self.seconds) return true end }
                return { after = function(delay) return setmetatable({ seconds = host.after(delay) }, meta) end }
                """
        )
    }
}

/// Abort closures must be Sendable; this one is only ever called by the engine, on its thread.
struct EngineTimer: @unchecked Sendable {
    let engine: Engine
    let id: UInt64

    func cancel() {
        engine.timers.cancel(id)
    }
}
