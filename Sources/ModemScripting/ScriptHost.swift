package import LuaRuntime

/// Everything a script gets beyond the runtime's own modules, for one run on one modem.
///
/// The order of a run: make a host, put `modules` and `output` into the program, `closing` into its `onClosing`, run the
/// VM, `await finish()`, then ask for the `report`.
package final class ScriptHost: Sendable {
    package struct Setup: Sendable {
        package var modem: OpenedModem
        /// The global `params`.
        package var params: LuaTable
        package var reporter: any RunReporter
        package var opener: (any ModemOpener)?
        package var clock: any LuaClock

        package init(
            modem: OpenedModem,
            params: LuaTable = LuaTable(),
            reporter: any RunReporter,
            opener: (any ModemOpener)? = nil,
            clock: any LuaClock = LuaSystemClock()
        ) {
            self.modem = modem
            self.params = params
            self.reporter = reporter
            self.opener = opener
            self.clock = clock
        }
    }

    let recorder: RunRecorder
    /// For `LuaProgram.secrets`: what the script makes secret is masked in events and report.
    package let secrets = KnownSecrets()
    private let modems: ModemRegistry
    private let params: LuaTable

    package init(_ setup: Setup) {
        recorder = RunRecorder(reporter: setup.reporter, clock: setup.clock, secrets: secrets)
        modems = ModemRegistry(first: setup.modem, opener: setup.opener, recorder: recorder)
        params = setup.params
    }

    /// For `LuaProgram.modules`.
    package var modules: [LuaModule] {
        ScriptAPI.modules(modem: .object(modems.first), params: params, recorder: recorder)
    }

    /// For `LuaProgram.output`: the script's words become events of the run.
    package var output: any LuaOutput { RunOutput(recorder: recorder) }

    /// For `LuaProgram.onClosing`: disarms everything the script has armed. Does not wait.
    package func closing() {
        modems.closing()
    }

    /// Waits for what still runs on the modems, and closes those the script has opened. After the VM has ended.
    package func finish() async {
        await modems.finish()
    }

    /// What became of the run.
    package func report(_ outcome: LuaOutcome) -> RunReport {
        recorder.report(outcome)
    }
}
