/// One waiting call: everything copied, so it may go to any thread.
public struct LuaCall: Sendable {
    public let arguments: LuaArguments
    /// The object before the colon; `nil` for plain functions.
    public let receiver: (any LuaObject)?
    public let task: LuaTaskInfo
    public let host: LuaHost
    /// `file:line` of the caller in the script, when the function asks for it (``LuaFunction/Option/location``).
    public let location: String?

    /// The receiver as the type the class belongs to. Fails only when a class hands its methods a foreign object.
    public func receiver<Object: LuaObject>(as type: Object.Type) throws(LuaFailure) -> Object {
        guard let object = receiver as? Object else {
            throw LuaFailure(.internal, "'\(arguments.function)' was called on a foreign object")
        }
        return object
    }
}

/// Which task called.
public struct LuaTaskInfo: Sendable, Hashable {
    /// Unique within the VM's life.
    public let id: UInt64
    /// `main`, the name given to `spawn`, or one made up.
    public let name: String
}
