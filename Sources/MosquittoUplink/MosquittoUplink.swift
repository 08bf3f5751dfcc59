package import ModemSimulator
import Synchronization

/// The network side of a simulated module on libmosquitto: real sockets, real MQTT packets.
///
/// One thread per uplink; libmosquitto's own threads are not used, so its callbacks run on that thread alone and none
/// can come after `shutdown`. The thread sleeps until a socket, a request or a deadline needs it.
package final class MosquittoUplink: MQTTUplink {
    private enum Life { case running, over }

    private let inbox: UplinkInbox
    private let life = Mutex(Life.running)

    /// - Parameters:
    ///   - directory: where host names lead.
    ///   - deliver: called on the uplink's own thread; must not block.
    /// - Throws: `UplinkThreadError` if the system gives no thread or descriptor.
    package init(
        directory: HostDirectory,
        deliver: @escaping @Sendable (UplinkEvent) -> Void
    ) throws(UplinkThreadError) {
        let inbox = try UplinkInbox()
        self.inbox = inbox
        try BackgroundThread.start {
            // The loop and all it holds are gone before whoever waits in `shutdown` goes on.
            let done = UplinkLoop(inbox: inbox, directory: directory, deliver: deliver).run()
            done()
        }
    }

    /// Makes one uplink per module, all with the same directory.
    package static func factory(directory: HostDirectory) -> MQTTUplinkFactory {
        { deliver in try MosquittoUplink(directory: directory, deliver: deliver) }
    }

    deinit {
        // Whoever drops an uplink without shutting it down leaves no thread and no socket behind either.
        if life.withLock({ $0 }) == .running {
            inbox.put(.shutdown {})
        }
    }

    /// After `shutdown` requests are dropped without an answer.
    package func perform(_ request: UplinkRequest) {
        inbox.put(.request(request))
    }

    package func shutdown() async {
        let before = life.withLock { life in
            defer { life = .over }
            return life
        }
        guard before == .running else { return }
        await withCheckedContinuation { continuation in
            inbox.put(.shutdown { continuation.resume() })
        }
    }
}
