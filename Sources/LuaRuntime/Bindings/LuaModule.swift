/// A binding table: what one module gives to scripts, in words and in functions.
public struct LuaModule: Sendable {
    public enum Placement: Sendable {
        /// A global table of that name, which `require` knows as well.
        case global
        /// The functions themselves are globals: `step`, `check`, `defer`.
        case globals
        /// Only through `require "name"`. Dots are allowed: `compat.simcom`.
        case required
    }

    public struct Constant: Sendable {
        public var name: String
        public var type: String
        public var summary: String
        public var value: LuaValue

        public init(_ name: String, _ type: String, _ summary: String, _ value: LuaValue) {
            self.name = name
            self.type = type
            self.summary = summary
            self.value = value
        }
    }

    public var name: String
    public var summary: String
    public var placement: Placement
    public var functions: [LuaFunction]
    /// Values that stand in the module's table, or among the globals. An object given here lives as long as the VM.
    public var constants: [Constant]
    /// The classes of objects this module hands out: for documentation. Binding needs no list.
    public var classes: [LuaClass]
    /// The tables its functions return and take: for documentation.
    public var records: [LuaDocumentation.Record]
    /// Lua source that finishes the module: see ``LuaPrelude``.
    public var prelude: LuaPrelude?

    public init(
        _ name: String,
        _ summary: String,
        placement: Placement = .global,
        functions: [LuaFunction] = [],
        constants: [Constant] = [],
        classes: [LuaClass] = [],
        records: [LuaDocumentation.Record] = [],
        prelude: LuaPrelude? = nil
    ) {
        self.name = name
        self.summary = summary
        self.placement = placement
        self.functions = functions
        self.constants = constants
        self.classes = classes
        self.records = records
        self.prelude = prelude
    }
}
