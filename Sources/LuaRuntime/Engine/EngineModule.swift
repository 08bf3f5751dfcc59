import CLuaShim

/// A module whose functions work on the engine itself: tasks, time, `require`. Bound before all others; its
/// documentation stands in ``LuaVM/genericModules``.
struct EngineModule {
    struct Function {
        var entry: FunctionTable.Entry
        var flags: UInt32
        /// For the module's prelude only.
        var isHidden: Bool

        static func call(
            _ name: String,
            flags: mwl_flag...,
            hidden isHidden: Bool = false,
            _ body: @escaping (Engine, inout LuaSyncCall) throws(LuaFailure) -> Void
        ) -> Function {
            Function(
                entry: .init(
                    name: name,
                    takesReceiver: false,
                    takesCallbacks: flags.contains(MWL_CALLBACKS),
                    body: .engineCall(body)
                ),
                flags: flags.reduce(0) { $0 | $1.rawValue },
                isHidden: isHidden
            )
        }

        static func wait(
            _ name: String,
            shielded isShielded: Bool = false,
            hidden isHidden: Bool = false,
            _ body: @escaping (Engine, TaskRecord, LuaArguments) throws(LuaFailure) -> LuaFunction.Abort?
        ) -> Function {
            Function(
                entry: .init(name: name, takesReceiver: false, isShielded: isShielded, body: .engineWait(body)),
                flags: MWL_WAITS.rawValue | (isShielded ? MWL_SHIELDED.rawValue : 0),
                isHidden: isHidden
            )
        }
    }

    var name: String
    var placement: LuaModule.Placement
    var functions: [Function]
    var prelude: String?
}

extension EngineModule {
    static func all(for program: LuaProgram) -> [EngineModule] {
        [.task, .time, .deferring, .require(program)]
    }
}
