import LuaRuntime
import Synchronization

/// The modems of one run: the one it was started with, and those the script opens.
final class ModemRegistry: Sendable {
    let first: ModemObject
    let opener: (any ModemOpener)?
    let recorder: RunRecorder
    private let modemClass: LuaClass
    private let opened = Mutex<[(object: ModemObject, close: @Sendable () async -> Void)]>([])

    init(first modem: OpenedModem, opener: (any ModemOpener)?, recorder: RunRecorder) {
        self.opener = opener
        self.recorder = recorder
        let registration = RegistryReference()
        modemClass = ModemObject.luaClass(registration)
        first = ModemObject(link: ModemLink(modem, recorder: recorder), luaClass: modemClass)
        registration.set(self)
    }

    /// Opens a further modem; it is closed with the run at the latest.
    func open(port: String, profile: String?) async throws -> ModemObject {
        guard let opener else {
            throw LuaFailure(.denied, "this program opens no further modems", hint: "run the script with moonwire run")
        }
        let modem = try await opener.open(port: port, profile: profile)
        if Task.isCancelled {
            await modem.close()
            throw CancellationError()
        }
        let object = ModemObject(link: ModemLink(modem, recorder: recorder), luaClass: modemClass)
        opened.withLock { $0.append((object, modem.close)) }
        return object
    }

    /// Closes a modem the script has opened; nothing happens for the first one, which the program owns.
    func close(_ object: ModemObject) async {
        let close = opened.withLock { opened in
            opened.firstIndex { $0.object === object }.map { opened.remove(at: $0).close }
        }
        guard let close else { return }
        object.link.disarmAll()
        await object.link.finish()
        await close()
    }

    func closing() {
        first.link.disarmAll()
        for object in opened.withLock({ $0.map(\.object) }) {
            object.link.disarmAll()
        }
    }

    func finish() async {
        await first.link.finish()
        for object in opened.withLock({ $0.map(\.object) }) {
            await close(object)
        }
    }
}
