internal import LuaRuntime
internal import ModemScripting
internal import ModemSimulator
internal import ModemTransports
internal import Synchronization

/// Opens further modems for a script, each in a scope of its own that ends when the script closes the modem.
struct FurtherModems: ModemOpener {
    let connector: ModemConnector

    func open(port: String, profile: String?) async throws -> OpenedModem {
        let (address, connector) = try prepare(port, profile)
        let (opened, tell) = AsyncStream.makeStream(of: Result<OpenedModem, any Error>.self)
        let (ending, end) = AsyncStream.makeStream(of: Void.self)
        // Owned by the modem that is handed out: its `close` ends the scope and awaits this task.
        let scope = Task {
            do {
                try await connector.withModem(address) { modem in
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
                await scope.value
            }
            return modem
        }
        throw CancellationError()
    }

    private func prepare(_ port: String, _ profile: String?) throws -> (PortAddress, ModemConnector) {
        do {
            var settings = connector.settings
            if let profile {
                settings.profile = try PortSettings.profile(named: profile)
                settings.module.profile = settings.profile
            }
            // One port cannot be served twice.
            settings.brokerPort = nil
            settings.simulatorOptions = []
            return (try PortAddress(parsing: port), connector.with(settings))
        } catch let error as PortAddressError {
            throw LuaFailure(.argument, error.description)
        } catch let error as CommandFailure {
            throw LuaFailure(.argument, error.message)
        }
    }
}
