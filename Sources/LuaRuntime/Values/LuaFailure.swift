/// The error object of a script, on the host's side. Raised by a binding it becomes a Lua table with a locked
/// metatable; a script's uncaught error arrives as one.
public struct LuaFailure: Error, Sendable, Equatable {
    /// What to branch on. `script` marks an error the script itself raised with a string or table of its own.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let timeout = Kind(rawValue: "timeout")
        public static let error = Kind(rawValue: "error")
        public static let cme = Kind(rawValue: "cme")
        public static let cms = Kind(rawValue: "cms")
        public static let mqtt = Kind(rawValue: "mqtt")
        public static let lost = Kind(rawValue: "lost")
        public static let prompt = Kind(rawValue: "prompt")
        public static let closed = Kind(rawValue: "closed")
        public static let cancelled = Kind(rawValue: "cancelled")
        public static let `protocol` = Kind(rawValue: "protocol")
        public static let argument = Kind(rawValue: "argument")
        public static let check = Kind(rawValue: "check")
        public static let denied = Kind(rawValue: "denied")
        public static let memory = Kind(rawValue: "memory")
        public static let `internal` = Kind(rawValue: "internal")
        /// An error value that is no error object: a string, a table, anything.
        public static let script = Kind(rawValue: "script")
    }

    public var kind: Kind
    /// One line for people, without the place.
    public var message: String
    public var code: Int64?
    /// The code in words: "handshake fail".
    public var name: String?
    /// What to look at next.
    public var hint: String?
    public var command: String?
    public var lines: [[UInt8]] = []
    /// What did arrive, the last 2 kB.
    public var before: [UInt8]?
    public var urcs: [[UInt8]] = []
    /// Seconds.
    public var elapsed: Double?
    /// `file:line`; filled in where the error is raised.
    public var location: String?
    public var traceback: String?
    /// Of a cancellation: `deadline burst memory operator scope timeout output`.
    public var reason: String?
    /// The name of the task that failed, and of the task that spawned it.
    public var task: String?
    public var parent: String?
    public var suppressed: [LuaFailure] = []
    /// Further fields, as given to the script under their own names.
    public var extra = LuaTable(items: [])

    public init(_ kind: Kind, _ message: String, code: Int64? = nil, name: String? = nil, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.code = code
        self.name = name
        self.hint = hint
    }
}

extension LuaFailure: CustomStringConvertible {
    /// What `tostring(err)` gives: one line, the place first.
    public var description: String {
        if let location { "\(location): \(message)" } else { message }
    }
}

extension LuaFailure {
    /// `bad argument #1 to 'at' (string expected, got nil)`. `index` counts from 1, the receiver of a method left out.
    public static func badArgument(_ index: Int, to function: String, _ problem: String) -> LuaFailure {
        LuaFailure(.argument, "bad argument #\(index) to '\(function)' (\(problem))")
    }

    /// The refusal of a capability; `hint` is the option that grants it.
    public static func denied(_ message: String, grant option: String) -> LuaFailure {
        LuaFailure(.denied, message, hint: option)
    }
}
