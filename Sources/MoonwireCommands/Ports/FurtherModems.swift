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
        return try await OpenedModem.held { body in
            try await connector.withModem(address) { modem in
                let tell = { @Sendable (_: LinkWords.Tone, text: String) in connector.notice("\(modem.port): \(text)") }
                await LinkWatch.during(modem.session, tell: tell) { await body(modem) }
            }
        }
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
