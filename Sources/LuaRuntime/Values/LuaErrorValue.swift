/// An error as a value: what a function that does not raise returns beside `nil`.
///
/// Given to Lua it becomes an error object like one that was raised, never a handle.
public final class LuaErrorValue: LuaObject {
    public let failure: LuaFailure

    public init(_ failure: LuaFailure) {
        self.failure = failure
    }

    /// Never shown: the value is written as an error object.
    public var luaClass: LuaClass { Self.luaClass }

    private static let luaClass = LuaClass("error", "An error object.")
}
