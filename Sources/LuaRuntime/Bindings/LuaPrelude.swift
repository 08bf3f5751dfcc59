/// The part of a module that is written in Lua, because it calls functions of the script: `step`, `task.scope`.
///
/// `source` runs once at boot, as chunk `=[moonwire]`, with two arguments:
/// `local host, vm = ...`. `host` holds the functions of `hostFunctions` by name, which scripts never see.
/// `vm` offers
/// - `vm.try(fn, ...)`: like `pcall`, but a cancellation passes through it without counting as caught; the second
///   result is the error as raised. May wait.
/// - `vm.raise(err)`: raises again what `vm.try` returned; place and traceback stay those of the first throw.
/// - `vm.scope(fn, {timeout=, name=})`: what `task.scope` does: runs `fn(s)` in place, within a deadline of its own
///   (seconds), cancels and awaits the tasks it spawned; raises kind `timeout` when the deadline passed.
/// - `vm.failure{kind=, message=, …}`: an error object to raise with `error(…, 0)` or to return.
/// - `vm.is_failure(value)`: whether it is one.
/// - `vm.where(level)`: `file:line` of a caller in the script, for reports; `nil` when there is none.
///
/// The source returns a table of name → function; they join the module's functions and replace those of the same name.
public struct LuaPrelude: Sendable {
    public var source: String
    public var hostFunctions: [LuaFunction]
    /// What scripts see of the returned functions.
    public var documentation: [String: LuaDocumentation]
    /// Those of the returned functions that may wait.
    public var waiting: Set<String>

    public init(
        source: String,
        hostFunctions: [LuaFunction],
        documentation: [String: LuaDocumentation],
        waiting: Set<String> = []
    ) {
        self.source = source
        self.hostFunctions = hostFunctions
        self.documentation = documentation
        self.waiting = waiting
    }
}
