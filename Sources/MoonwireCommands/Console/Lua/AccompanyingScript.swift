internal import LuaRuntime
internal import ModemScripting
internal import Synchronization

/// A script that runs beside the console, on the same session, until it or the console ends.
final class AccompanyingScript: Sendable {
    private let script: ScriptFile
    private let vm: LuaVM
    private let host: ScriptHost
    private let words: LineBuffer
    private let screen: any ConsoleScreen
    private let style: Style
    private let isLeaving = Mutex(false)

    init(_ script: ScriptFile, _ setup: ConsoleLuaSetup, screen: any ConsoleScreen, style: Style) {
        self.script = script
        self.screen = screen
        self.style = style
        host = setup.host
        words = setup.words
        var program = LuaProgram(
            source: script.source,
            name: script.name,
            folder: script.folder,
            output: setup.host.output
        )
        setup.complete(&program, for: setup.host, name: script.name)
        vm = LuaVM(program)
    }

    /// Runs the script and says how it ended, unless the console ended it.
    func run() async {
        let outcome = await vm.run()
        await host.finish()
        words.flush()
        if isLeaving.withLock({ $0 }) { return }
        let report = host.report(outcome)
        let summary = RunSummary(script: script.name, report: report, trace: nil, style: style)
        if let explanation = summary.explanation { screen.show(style.bad("error: ") + explanation + "\n") }
        screen.show(summary.verdict + "\n")
    }

    /// The console ends: the script's `defer` and `<close>` run.
    func end() {
        isLeaving.withLock { $0 = true }
        vm.interrupt(.cancel)
    }
}
