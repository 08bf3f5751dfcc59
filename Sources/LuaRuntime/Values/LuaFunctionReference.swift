/// A Lua function held by the host. Freed in its VM when the last reference goes, from any thread.
public final class LuaFunctionReference: Sendable {
    let reference: Int32
    let host: LuaHost

    init(reference: Int32, host: LuaHost) {
        self.reference = reference
        self.host = host
    }

    deinit {
        host.releaseFunction(reference)
    }
}
