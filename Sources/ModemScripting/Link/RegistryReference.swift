import LuaRuntime
import Synchronization

/// The way from the functions of a modem to the registry that made it, which holds the modem itself.
final class RegistryReference: Sendable {
    private struct Box { weak var registry: ModemRegistry? }
    private let box = Mutex(Box())

    func require() throws(LuaFailure) -> ModemRegistry {
        guard let registry = box.withLock({ $0.registry }) else { throw LuaFailure(.closed, "the run has ended") }
        return registry
    }

    func set(_ registry: ModemRegistry) {
        box.withLock { $0.registry = registry }
    }
}
