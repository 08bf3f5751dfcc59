import LuaRuntime

extension LuaValue {
    /// An error as a value, for functions that return `nil, err`.
    static func failure(_ failure: LuaFailure) -> LuaValue {
        .object(LuaErrorValue(failure))
    }
}
