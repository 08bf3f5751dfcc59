internal import A7600
internal import ATProtocol
internal import LuaRuntime
internal import ModemSession
internal import Synchronization

/// One operator's talk with one modem: what is typed goes to the session, what the session says goes to the screen.
final class ConsoleDialogue: Sendable {
    fileprivate struct State {
        var text: ConsoleText
        var showsUnsolicited = true
        /// Commands that are not answered yet, by the order they were typed in; nil: just being queued.
        var open: [Int: ExchangeID?] = [:]
        var typed = 0
        var hasFailed = false
        /// The port will not come back.
        var isAbandoned = false
    }

    let session: ModemSession
    let profile: Profile
    private let screen: any ConsoleScreen
    /// Nil: there is no Lua here.
    private let lua: ConsoleLua?
    private let state: Mutex<State>

    init(session: ModemSession, profile: Profile, screen: any ConsoleScreen, text: ConsoleText, lua: ConsoleLua? = nil)
    {
        self.session = session
        self.profile = profile
        self.screen = screen
        self.lua = lua
        state = Mutex(State(text: text))
    }

    var hasFailed: Bool { state.withLock { $0.hasFailed } }
    var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

    /// Shows what comes unasked until the returned observations are cancelled.
    /// - Parameter abandoned: the port is gone for good.
    func listen(abandoned: @escaping @Sendable () -> Void) -> [Observation] {
        let events = session.observe { [self] event in
            let shown = state.withLock { $0.showsUnsolicited ? $0.text.event(event, at: ClockOfDay.now()) : nil }
            if let shown { screen.show(shown) }
        }
        let port = session.observePort { [self] change in
            if let shown = state.withLock({ $0.text.port(change, at: ClockOfDay.now()) }) { screen.show(shown) }
            if case .abandoned = change {
                state.withLock { $0.isAbandoned = true }
                abandoned()
            }
        }
        return [events, port]
    }

    /// Queues a command; its answer is shown when it comes, then `completion` is called.
    func submit(_ command: Command, completion: @escaping @Sendable () -> Void = {}) {
        let number = state.withLock { state in
            state.typed += 1
            state.open[state.typed] = .some(nil)
            return state.typed
        }
        let id = session.submit(command) { [self] result in
            screen.show(state.withLock { $0.close(number, command, result) })
            completion()
        }
        // The answer may have been faster.
        state.withLock { if $0.open[number] != nil { $0.open[number] = id } }
    }

    /// Shows a command above its answer, where nobody has seen it being typed.
    func echo(_ command: Command) {
        if let shown = state.withLock({ $0.text.echo(command) }) { screen.show(shown) }
    }

    private func cancelAll() -> Bool {
        let open = state.withLock { $0.open.values.compactMap(\.self) }
        for id in open { session.cancel(id) }
        return !open.isEmpty
    }

    func refuse(_ reason: String) {
        state.withLock { state in
            state.hasFailed = true
            screen.show(state.text.refusal(reason))
        }
    }

    /// Carries out what is no command. False: the operator wants to leave.
    func carryOut(_ directive: ConsoleDirective) -> Bool {
        switch directive {
        case .hexadecimal(let choice): state.withLock { $0.text.showsHexadecimal = choice == .on }
        case .time(let choice): state.withLock { $0.text.showsTime = choice == .on }
        case .unsolicited(let choice): state.withLock { $0.showsUnsolicited = choice == .on }
        case .help: screen.show(ConsoleCompletion(choices: ConsoleDirective.list).listing)
        case .quit: return false
        }
        return true
    }

    enum Completeness { case complete, incomplete }

    /// Evaluates Lua and shows what it gives. Incomplete: it goes on in another line.
    func evaluate(_ code: String) async -> Completeness {
        guard let lua else {
            refuse("Lua is not available here; :help lists what is")
            return .complete
        }
        let evaluation = await lua.evaluate(code)
        if case .incomplete = evaluation { return .incomplete }
        let shown = state.withLock { state in
            if case .failed = evaluation { state.hasFailed = true }
            return state.text.evaluation(evaluation)
        }
        if let shown { screen.show(shown) }
        return .complete
    }

    /// Ends what the operator waits for: Lua that runs, else every command that is not answered yet. False: nothing.
    func interrupt() -> Bool {
        if let lua, lua.interrupt() { return true }
        return cancelAll()
    }
}

extension ConsoleDialogue.State {
    /// Strikes a command out and gives what is to be shown of its answer.
    fileprivate mutating func close(_ number: Int, _ command: Command, _ result: Result<Reply, ATFailure>) -> String {
        open.removeValue(forKey: number)
        switch result {
        case .success(let reply): return text.answer(reply, to: command, at: ClockOfDay.now())
        case .failure(let failure):
            hasFailed = true
            return text.failure(failure, at: ClockOfDay.now())
        }
    }
}
