/// A module written in Lua that comes with the program: `require "compat.simcom"`.
///
/// The source is loaded when a script first requires it, as chunk `=[moonwire]`, with the module's name, nil, and the
/// table `vm` that ``LuaPrelude`` describes. It uses what scripts use; what it returns is the module.
public struct LuaLibrary: Sendable {
    public var name: String
    public var source: String
    /// Its functions in words; their modules name it as `provider`.
    public var reference: [LuaReference.Module]

    public init(_ name: String, source: String, reference: [LuaReference.Module]) {
        self.name = name
        self.source = source
        self.reference = reference
    }
}
