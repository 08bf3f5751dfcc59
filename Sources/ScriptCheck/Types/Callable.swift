import LuaRuntime

/// A function of the script interface, as the value of an expression.
struct Callable: Sendable {
    /// As the reference writes it: `client:publish`.
    var path: String
    var function: LuaReference.Function
    /// The class of the object a method belongs to.
    var owner: String?
}
