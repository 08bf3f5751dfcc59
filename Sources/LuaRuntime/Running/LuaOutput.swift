/// Where a script's words go. Called on the VM thread; must not block for long.
public protocol LuaOutput: Sendable {
    /// `print` and `io.write`, line ends included.
    func write(_ bytes: [UInt8])
    /// `log.*`, `warn`, and the runtime's own warnings. `fields` are what the script gave beside the message.
    func log(_ record: LuaLogRecord)
}

public struct LuaLogRecord: Sendable {
    public enum Level: String, Sendable, CaseIterable {
        case trace, debug, info, warning, error
    }

    public var level: Level
    public var message: String
    public var fields: [LuaTable.Pair]
    public var task: String?
    /// `file:line`, when it comes from the script.
    public var location: String?

    public init(
        _ level: Level,
        _ message: String,
        fields: [LuaTable.Pair] = [],
        task: String? = nil,
        location: String? = nil
    ) {
        self.level = level
        self.message = message
        self.fields = fields
        self.task = task
        self.location = location
    }
}
