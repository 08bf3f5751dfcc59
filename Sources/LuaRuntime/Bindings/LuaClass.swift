/// The methods and properties that handles of one kind show. A value: build it once per Swift type (`static let`),
/// for the VM tells classes apart by name.
public struct LuaClass: Sendable {
    /// A field that is computed when read: `modem.port`, `sub.dropped`.
    public struct Property: Sendable {
        public var name: String
        /// LuaLS notation.
        public var type: String
        public var summary: String
        public var get: @Sendable (any LuaObject) throws(LuaFailure) -> LuaValue

        public init(
            _ name: String,
            _ type: String,
            _ summary: String,
            get: @escaping @Sendable (any LuaObject) throws(LuaFailure) -> LuaValue
        ) {
            self.name = name
            self.type = type
            self.summary = summary
            self.get = get
        }
    }

    /// Also `__name`, and what `type mismatch` messages say.
    public var name: String
    /// What scripts usually have it in, for documentation: `modem.certs`, `client`.
    public var receiver: String
    public var summary: String
    public var methods: [LuaFunction]
    public var properties: [Property]
    /// `__close`: runs when a `local x <close>` leaves its scope; may wait. Without one, the handle is just released.
    public var close: LuaFunction?
    /// `__call`: makes a handle usable as an iterator of a generic `for` (return it four times over:
    /// `[.object(it), .nil, .nil, .object(it)]` also closes it with the loop).
    public var call: LuaFunction?
    /// `__tostring`; without one: `client: 3`. Must not wait; never calls Lua.
    public var describe: (@Sendable (any LuaObject) -> String)?

    public init(
        _ name: String,
        _ summary: String,
        receiver: String? = nil,
        methods: [LuaFunction] = [],
        properties: [Property] = [],
        close: LuaFunction? = nil,
        call: LuaFunction? = nil,
        describe: (@Sendable (any LuaObject) -> String)? = nil
    ) {
        self.name = name
        self.receiver = receiver ?? name.lowercased()
        self.summary = summary
        self.methods = methods
        self.properties = properties
        self.close = close
        self.call = call
        self.describe = describe
    }
}
