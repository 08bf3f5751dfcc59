/// The inside of a VM; lives on its thread.
final class Engine {
    let host: LuaHost
    var results = ResultBuffer()
    var currentTaskInfo: LuaTaskInfo { preconditionFailure("not yet") }

    init(host: LuaHost) {
        self.host = host
    }
}

struct ResultBuffer {
    mutating func append(_ value: LuaValue) throws(LuaFailure) {
        preconditionFailure("not yet")
    }
}

struct SyncFrame {
    let engine: Engine
    let name: String
    let count: Int
    let location: String?

    func arguments() throws(LuaFailure) -> LuaArguments { preconditionFailure("not yet") }
    func integer(_ index: Int) throws(LuaFailure) -> Int64 { preconditionFailure("not yet") }
    func number(_ index: Int) throws(LuaFailure) -> Double { preconditionFailure("not yet") }
    func bytes(_ index: Int) throws(LuaFailure) -> [UInt8] { preconditionFailure("not yet") }
    func receiver() throws(LuaFailure) -> (any LuaObject)? { preconditionFailure("not yet") }
}
