/// One host function of a module or class.
public struct LuaFunction: Sendable {
    /// Called when the waiting call is cancelled; the operation should stop soon and may still complete (then late).
    public typealias Abort = @Sendable () -> Void

    public enum Body: Sendable {
        /// Computes and returns, on the VM thread. Must not wait or block. What it pushes are the results.
        case synchronous(@Sendable (inout LuaSyncCall) throws(LuaFailure) -> Void)
        /// Starts work and returns at once, on the VM thread, after the Lua task was parked. The completion may be
        /// completed from any thread, before or after this closure returns; once.
        case waiting(@Sendable (LuaCall, LuaCompletion) -> Abort?)
        /// Runs as a Swift task owned by the VM, which awaits it at teardown; cancelled when the Lua task is.
        /// A thrown `LuaFailure` is raised as it is, `CancellationError` as `cancelled`, anything else as `internal`.
        case async(@Sendable (LuaCall) async throws -> [LuaValue])
    }

    public enum Option: Sendable {
        /// Functions may stand among the arguments, also inside tables.
        case callbacks
        /// A function of a class that takes no receiver: `modem.open{ … }`.
        case withoutReceiver
        /// ``LuaCall/location`` is filled in (costs 0.1 µs per call).
        case location
    }

    public var name: String
    public var documentation: LuaDocumentation
    public var options: Set<Option>
    public var body: Body

    public init(_ name: String, _ documentation: LuaDocumentation, options: Set<Option> = [], body: Body) {
        self.name = name
        self.documentation = documentation
        self.options = options
        self.body = body
    }
}

extension LuaFunction {
    public static func synchronous(
        _ name: String,
        _ documentation: LuaDocumentation,
        options: Set<Option> = [],
        _ body: @escaping @Sendable (inout LuaSyncCall) throws(LuaFailure) -> Void
    ) -> LuaFunction {
        LuaFunction(name, documentation, options: options, body: .synchronous(body))
    }

    public static func waiting(
        _ name: String,
        _ documentation: LuaDocumentation,
        options: Set<Option> = [],
        _ body: @escaping @Sendable (LuaCall, LuaCompletion) -> Abort?
    ) -> LuaFunction {
        LuaFunction(name, documentation, options: options, body: .waiting(body))
    }

    public static func async(
        _ name: String,
        _ documentation: LuaDocumentation,
        options: Set<Option> = [],
        _ body: @escaping @Sendable (LuaCall) async throws -> [LuaValue]
    ) -> LuaFunction {
        LuaFunction(name, documentation, options: options, body: .async(body))
    }
}
