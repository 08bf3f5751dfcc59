/// One synchronous call, alive only while its function runs. Results are what was pushed, in order.
///
/// The readers of single arguments copy nothing but strings; ``arguments`` copies everything and has the full set of
/// readers.
public struct LuaSyncCall: ~Copyable {
    let frame: SyncFrame

    public var count: Int { frame.count }
    public var function: String { frame.name }
    public var host: LuaHost { frame.engine.host }
    public var task: LuaTaskInfo { frame.engine.currentTaskInfo }
    /// `file:line` of the caller, when the function asks for it.
    public var location: String? { frame.location }
    public var arguments: LuaArguments { get throws(LuaFailure) { try frame.arguments() } }

    public func integer(_ index: Int) throws(LuaFailure) -> Int64 {
        try frame.integer(index)
    }

    public func number(_ index: Int) throws(LuaFailure) -> Double {
        try frame.number(index)
    }

    public func bytes(_ index: Int) throws(LuaFailure) -> [UInt8] {
        try frame.bytes(index)
    }

    public func receiver<Object: LuaObject>(as type: Object.Type) throws(LuaFailure) -> Object {
        guard let object = try frame.receiver() as? Object else {
            throw LuaFailure(.internal, "'\(frame.name)' was called on a foreign object")
        }
        return object
    }

    /// Fails when the value cannot be given to Lua (deeper than 16 tables).
    public mutating func push(_ value: LuaValue) throws(LuaFailure) {
        frame.results.pointee.append(value, objects: frame.engine.objects)
    }

    /// The same for an integer, without making a value of it.
    public mutating func push(integer: Int64) {
        frame.results.pointee.appendInteger(integer)
    }

    public mutating func push(_ values: [LuaValue]) throws(LuaFailure) {
        for value in values {
            try push(value)
        }
    }
}
