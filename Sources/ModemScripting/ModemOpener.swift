package import A7600
package import LuaRuntime
package import ModemSession

/// Opens further modems for `modem.open{ port = … }`.
package protocol ModemOpener: Sendable {
    /// - Parameters:
    ///   - port: as an operator writes it: `/dev/ttyUSB2`, `sim`.
    ///   - profile: the name of a profile; nil: the opener's choice.
    /// - Throws: `LuaFailure` of kind `closed` or `argument`, with a message that says what to do next.
    func open(port: String, profile: String?) async throws -> OpenedModem
}

/// A modem that is ready for commands, and how to be rid of it.
package struct OpenedModem: Sendable {
    package var session: ModemSession
    package var profile: Profile
    /// As the operator named it.
    package var port: String
    package var simulator: (any SimulatorControl)?
    /// Where files on their way to the module are noted; nil: what it holds does not outlive the program.
    package var transfers: (any TransferJournal)?
    /// What a script on this modem takes for time; nil: the machine's clock.
    package var clock: (any LuaClock)?
    /// Asked when the script has passed: why the run has failed all the same; nil: it has not.
    package var objection: (@Sendable () async throws -> String?)?
    /// Ends the session; what is open fails with `closed`. Called once.
    package var close: @Sendable () async -> Void

    package init(
        session: ModemSession,
        profile: Profile,
        port: String,
        simulator: (any SimulatorControl)? = nil,
        transfers: (any TransferJournal)? = nil,
        clock: (any LuaClock)? = nil,
        objection: (@Sendable () async throws -> String?)? = nil,
        close: @escaping @Sendable () async -> Void = {}
    ) {
        self.session = session
        self.profile = profile
        self.port = port
        self.simulator = simulator
        self.transfers = transfers
        self.clock = clock
        self.objection = objection
        self.close = close
    }
}

extension OpenedModem {
    /// Hands out the modem of a scope, which then lasts until the modem is closed.
    ///
    /// A caller that is cancelled meanwhile waits until the scope has ended: nothing goes on opening unasked.
    ///
    /// - Parameter scope: opens a modem, gives it to its argument, and closes it when that returns.
    /// - Throws: what `scope` throws before it has a modem; `CancellationError`.
    package static func held(
        by scope: @escaping @Sendable (_ body: (OpenedModem) async -> Void) async throws -> Void
    ) async throws -> OpenedModem {
        let (opened, tell) = AsyncStream.makeStream(of: Result<OpenedModem, any Error>.self)
        let (ending, end) = AsyncStream.makeStream(of: Void.self)
        // Awaited by the modem's `close`, or below.
        let lasting = Task {
            do {
                try await scope { modem in
                    tell.yield(.success(modem))
                    for await _ in ending {}
                }
            } catch {
                tell.yield(.failure(error))
            }
        }
        for await result in opened {
            var modem = try result.get()
            modem.close = {
                end.finish()
                await lasting.value
            }
            return modem
        }
        lasting.cancel()
        await lasting.value
        throw CancellationError()
    }
}
