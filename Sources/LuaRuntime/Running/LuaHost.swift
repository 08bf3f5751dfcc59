/// What bindings may ask of their VM, from any thread.
public final class LuaHost: Sendable {
    public let clock: any LuaClock
    public let grants: LuaGrants
    public var defaultPort: LuaEventPort { preconditionFailure("not yet") }

    init(clock: any LuaClock, grants: LuaGrants) {
        self.clock = clock
        self.grants = grants
    }

    /// A way into the VM for one producer whose events keep their order.
    public func makePort(named name: String) -> LuaEventPort {
        LuaEventPort(name: name, host: self)
    }

    /// A subscription that calls `function` for each event. It lives until it is closed, its handler fails, or the run
    /// ends. `queueLimit`: events waiting for the handler; the oldest goes first.
    public func subscribe(
        _ function: LuaFunctionReference,
        name: String,
        queueLimit: Int = 64,
        onError: LuaSubscription.ErrorPolicy = .failRun
    ) -> LuaSubscription {
        LuaSubscription(function: function, name: name, queueLimit: queueLimit, onError: onError)
    }

    /// Calls `body` on the VM thread when the run's clock has advanced by `delay`, unless cancelled before.
    public func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) -> LuaTimer {
        preconditionFailure("not yet")
    }

    public func log(_ record: LuaLogRecord) {
        preconditionFailure("not yet")
    }

    /// The file's bytes, by the rules of the sandbox. Blocks: for `.async` and waiting bodies, not for synchronous ones.
    /// Fails with kind `denied` (hint: the option that grants it), or `error` when it cannot be read or is larger
    /// than `limit` bytes.
    public func readFile(_ name: String, limit: Int = 16 << 20) throws(LuaFailure) -> [UInt8] {
        preconditionFailure("not yet")
    }

    /// A granted environment variable; `nil` when it is not set. Kind `denied` when the name is not granted.
    public func environment(_ name: String) throws(LuaFailure) -> String? {
        preconditionFailure("not yet")
    }

    func accept(_ event: LuaEventPort.Event, at port: LuaEventPort) {
        preconditionFailure("not yet")
    }

    func releaseFunction(_ reference: Int32) {
        preconditionFailure("not yet")
    }
}

/// A pending call of ``LuaHost/after(_:_:)``.
public final class LuaTimer: Sendable {
    let id: UInt64
    let host: LuaHost

    init(id: UInt64, host: LuaHost) {
        self.id = id
        self.host = host
    }

    /// From any thread; too late is harmless.
    public func cancel() {}
}
