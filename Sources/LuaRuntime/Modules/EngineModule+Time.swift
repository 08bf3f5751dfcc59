/// `time`: waits and clocks.
extension EngineModule {
    static var time: EngineModule {
        EngineModule(
            name: "time",
            placement: .global,
            functions: [
                .wait("sleep") { engine, task, arguments throws(LuaFailure) in
                    let delay = try arguments.duration(0)
                    task.timer = engine.timers.add(
                        at: engine.host.clock.monotonic + delay.wholeNanoseconds,
                        .wake(task, sequence: task.sequence)
                    )
                    return nil
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
