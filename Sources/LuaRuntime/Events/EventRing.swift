/// What waits at one port.
struct EventRing {
    var events: [LuaEventPort.Event] = []
}
