import A7600
import ATProtocol
import LuaRuntime
import ModemSession
import Synchronization

/// One call of a script that takes several commands. Its deadline is total: each command gets what is left of it.
struct Flow: Sendable {
    let link: ModemLink
    let call: LuaCall
    /// Nil: each command has its own maximum.
    let deadline: Moment?
    let began: Moment

    /// How a call ends.
    enum End: Sendable {
        case values([LuaValue])
        /// One more command, whose completion is the call's: nothing that follows on the wire overtakes it.
        case last(Command, succeed: @Sendable (Reply) throws(LuaFailure) -> [LuaValue])
        /// The same, with a second look at a failure.
        case lastOr(
            Command,
            succeed: @Sendable (Reply) throws(LuaFailure) -> [LuaValue],
            recover: @Sendable (ATFailure) async throws -> [LuaValue]
        )
    }

    init(link: ModemLink, call: LuaCall, timeout: Duration?) {
        self.link = link
        self.call = call
        began = link.session.executor.now()
        deadline = timeout.map { [began] in began + $0 }
    }

    var commands: Commands { link.commands }

    var elapsed: Duration { link.session.executor.now() - began }

    /// Until the deadline; nil: there is none.
    var left: Duration? { deadline.map { $0 - link.session.executor.now() } }

    /// Sends a command and waits for its answer.
    /// - Throws: `LuaFailure`.
    @discardableResult
    func send(_ command: Command) async throws(LuaFailure) -> Reply {
        do throws(ATFailure) {
            return try await link.session.send(limited(command))
        } catch {
            throw link.failure(error)
        }
    }

    /// Sends a command and gives its failure as it is, for those who expect one.
    func attempt(_ command: Command) async -> Result<Reply, ATFailure> {
        do throws(ATFailure) {
            return .success(try await link.session.send(limited(command)))
        } catch {
            return .failure(error)
        }
    }

    /// The command with what is left of the deadline, if that is shorter than its own.
    func limited(_ command: Command) -> Command {
        guard let deadline else { return command }
        var copy = command
        let left = max(deadline - link.session.executor.now(), .milliseconds(1))
        copy.timeout = min(left, command.timeout ?? left)
        return copy
    }

    /// What a builder of commands throws, as scripts see it.
    func make(_ build: (Commands) throws(ArgumentFault) -> Command) throws(LuaFailure) -> Command {
        try link.make(build)
    }

    /// Lets the module get on.
    func pause(_ time: Duration) async throws(LuaFailure) {
        do {
            try await Task.sleep(for: time)
        } catch {
            throw LuaFailure(.cancelled, "the call was cancelled")
        }
    }

    func note(_ text: String) {
        link.recorder.note(text, task: call.task.id)
    }
}

extension ModemLink {
    func make(_ build: (Commands) throws(ArgumentFault) -> Command) throws(LuaFailure) -> Command {
        do throws(ArgumentFault) {
            return try build(commands)
        } catch {
            throw LuaFailure(.argument, error.description)
        }
    }

    /// Runs `body` on the session's executor, behind the gates, and completes the call.
    /// - Parameter timeout: of the whole call, waiting at the gates included.
    func perform(
        _ call: LuaCall,
        _ completion: LuaCompletion,
        timeout: Duration? = nil,
        gates names: [FlowGates.Name] = [],
        _ body: @escaping @Sendable (Flow) async throws -> Flow.End
    ) -> LuaFunction.Abort? {
        let port = port(for: call.host)
        let flow = Flow(link: self, call: call, timeout: timeout)
        let expiry = FlowExpiry()
        let task = start {
            var entered: [FlowGates.Name] = []
            do {
                for name in names.sorted() {
                    try await self.gates[name].enter()
                    entered.append(name)
                }
                expiry.disarm()
                let end = try await body(flow)
                await self.end(flow, end, completion, port)
            } catch {
                port.post(.complete(completion, .failure(self.failure(thrown: error, expired: expiry.hasExpired))))
            }
            for name in entered {
                self.gates[name].leave()
            }
        }
        if let timeout, !names.isEmpty {
            expiry.arm(call.host.after(timeout) { expiry.expire(task) })
        }
        return { task.cancel() }
    }

    private func end(_ flow: Flow, _ end: Flow.End, _ completion: LuaCompletion, _ port: LuaEventPort) async {
        switch end {
        case .values(let values):
            port.post(.complete(completion, .success(values)))
        case .last(let command, let succeed):
            _ = await submit(flow.limited(command)) { result in
                port.post(.complete(completion, self.result(result, succeed)))
            }
        case .lastOr(let command, let succeed, let recover):
            let failure = await submit(flow.limited(command)) { result in
                guard case .success = result else { return }
                port.post(.complete(completion, self.result(result, succeed)))
            }
            guard let failure else { return }
            do {
                port.post(.complete(completion, .success(try await recover(failure))))
            } catch {
                port.post(.complete(completion, .failure(self.failure(thrown: error, expired: false))))
            }
        }
    }

    private func result(
        _ result: Result<Reply, ATFailure>,
        _ succeed: (Reply) throws(LuaFailure) -> [LuaValue]
    ) -> Result<[LuaValue], LuaFailure> {
        switch result {
        case .failure(let failure): return .failure(self.failure(failure))
        case .success(let reply):
            do throws(LuaFailure) {
                return .success(try succeed(reply))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Submits a command whose completion runs in its place on the wire, and waits until it has.
    private func submit(
        _ command: Command,
        _ completed: @escaping @Sendable (Result<Reply, ATFailure>) -> Void
    ) async -> ATFailure? {
        let box = ExchangeBox()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let id = session.submit(command) { result in
                    completed(result)
                    switch result {
                    case .success: continuation.resume(returning: nil)
                    case .failure(let failure): continuation.resume(returning: failure)
                    }
                }
                if box.set(id) { session.cancel(id) }
            }
        } onCancel: {
            if let id = box.cancel() { session.cancel(id) }
        }
    }

    /// Whatever a flow threw, as scripts see it.
    func failure(thrown error: any Error, expired: Bool) -> LuaFailure {
        switch error {
        case let failure as LuaFailure: failure
        case is CancellationError where expired:
            LuaFailure(.timeout, "the deadline passed while another call was using the modem")
        case is CancellationError: LuaFailure(.cancelled, "the call was cancelled")
        default: LuaFailure(.internal, "\(error)")
        }
    }
}
