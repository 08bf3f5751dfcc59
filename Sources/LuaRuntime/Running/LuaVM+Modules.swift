extension LuaVM {
    /// The binding tables every VM has on top of the runtime's own.
    public static var genericModules: [LuaModule] { [] }
}
