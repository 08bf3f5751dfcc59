package import LuaRuntime

/// The binding tables of the modem side: what runs, what editors complete, and what the reference says are this list.
package enum ScriptAPI {
    /// The number that `moonwire.require` compares.
    package static let version = 1

    static func modules(modem: LuaValue, params: LuaTable, recorder: RunRecorder) -> [LuaModule] {
        [
            modemModule(modem, params),
            StepsModule.module(recorder),
            X509Module.module,
            MoonwireModule.module,
        ]
    }

    /// The same list in words, with the runtime's own modules.
    package static var reference: LuaReference {
        let nobody = RunRecorder(reporter: SilentReporter(), clock: LuaSystemClock(), secrets: KnownSecrets())
        var reference = LuaReference(modules(modem: .nil, params: LuaTable(), recorder: nobody))
        reference.modules += libraries.flatMap(\.reference)
        return reference
    }

    /// For `LuaProgram.libraries`: what lets scripts run that were written for a module's own Lua.
    package static let libraries: [LuaLibrary] = [SimcomLibrary.library, LuatosLibrary.library]

    private static func modemModule(_ modem: LuaValue, _ params: LuaTable) -> LuaModule {
        LuaModule(
            "modem",
            "The modem of the run, and the parameters it was started with.",
            placement: .globals,
            constants: [
                .init("modem", "Modem", "The modem of the run.", modem),
                .init("params", "table", "What `--set` and `--params` gave, typed.", .table(params)),
            ],
            classes: [
                ModemObject.luaClass(RegistryReference()), EventSubscription.luaClass, LineWaiter.luaClass,
                LineIterator.luaClass, CertificatesObject.luaClass, TLSObject.luaClass, MQTTObject.luaClass,
                MQTTClientObject.luaClass, MessageStream.loopClass, MessageStream.waiterClass,
                TLSContextObject.luaClass,
                SimulatorObject.luaClass,
            ],
            records: ScriptRecords.all
        )
    }
}

/// The binding table is looked at without a run.
private struct SilentReporter: RunReporter {
    func report(_ event: RunEvent) {}
}
