extension LuaVM {
    /// The binding tables every VM has on top of the runtime's own.
    public static let genericModules: [LuaModule] = [
        LogModule.globals, LogModule.module, JSONModule.module, HexModule.module, Base64Module.module,
        HashModule.module, FileModule.module, IOModule.module, OSModule.module, SecretModule.module,
    ]
}
