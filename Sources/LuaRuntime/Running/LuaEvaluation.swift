/// What became of one ``LuaVM/evaluate(_:)``.
public enum LuaEvaluation: Sendable {
    /// What the expressions gave, or the statements returned. ``LuaValue/literal`` shows them.
    case values([LuaValue])
    /// It ends too early to be Lua: a console asks for another line and evaluates both.
    case incomplete
    /// It does not parse, or raised. An interrupted evaluation fails with kind `cancelled`.
    case failed(LuaFailure)
    /// The VM has ended.
    case ended

    init(_ result: Result<[LuaValue], LuaFailure>) {
        switch result {
        case .success(let values): self = .values(values)
        case .failure(let failure): self = .failed(failure)
        }
    }
}
