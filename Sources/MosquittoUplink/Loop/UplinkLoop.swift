import CMosquitto
import Glibc
import ModemSimulator

/// The thread of one uplink: waits for its sockets, its inbox and the nearest deadline, and for nothing else.
final class UplinkLoop {
    private let inbox: UplinkInbox
    private let directory: HostDirectory
    private let deliver: @Sendable (UplinkEvent) -> Void
    private var clients: [Int: MosquittoClient] = [:]
    /// How often the loop has woken up; for tests that it sleeps.
    private(set) var turns = 0

    init(inbox: UplinkInbox, directory: HostDirectory, deliver: @escaping @Sendable (UplinkEvent) -> Void) {
        self.inbox = inbox
        self.directory = directory
        self.deliver = deliver
    }

    /// Returns when it was told to shut down, all connections closed; gives what must then be called.
    func run() -> @Sendable () -> Void {
        let clock = ContinuousClock()
        while true {
            turns += 1
            for item in inbox.take() {
                switch item {
                case .request(let request):
                    client(request.client).perform(request, at: clock.now)
                case .resolved(let index, let ticket, let addresses):
                    client(index).resolved(addresses, ticket: ticket, at: clock.now)
                case .shutdown(let done):
                    clients = [:]
                    return done
                }
            }
            wait(clock)
        }
    }

    private func client(_ index: Int) -> MosquittoClient {
        if let client = clients[index] { return client }
        let inbox = inbox
        let client = MosquittoClient(index: index, directory: directory, deliver: deliver) { name, ticket in
            let answer = { @Sendable (addresses: [String]) in
                inbox.put(.resolved(client: index, ticket: ticket, addresses: addresses))
            }
            do {
                // The look-up may outlive the loop; what it then finds stays in an inbox that nobody reads.
                try BackgroundThread.start { answer(NameLookup.addresses(of: name)) }
            } catch {
                answer([])
            }
        }
        clients[index] = client
        return client
    }

    private func wait(_ clock: ContinuousClock) {
        var descriptors = [pollfd(fd: inbox.wakeDescriptor, events: Int16(POLLIN), revents: 0)]
        var waiting: [MosquittoClient] = []
        for client in clients.values {
            guard let interest = client.interest else { continue }
            descriptors.append(pollfd(fd: interest.descriptor, events: interest.events, revents: 0))
            waiting.append(client)
        }
        poll(&descriptors, nfds_t(descriptors.count), timeout(clock))
        if descriptors[0].revents != 0 {
            var count: eventfd_t = 0
            eventfd_read(inbox.wakeDescriptor, &count)
        }
        for (client, descriptor) in zip(waiting, descriptors.dropFirst()) where descriptor.revents != 0 {
            client.ready(descriptor.revents, at: clock.now)
        }
        let now = clock.now
        for client in clients.values {
            if let deadline = client.deadline, deadline <= now {
                client.expire(at: now)
            }
        }
    }

    /// Milliseconds until the nearest deadline, rounded up so that it has passed; -1: none.
    private func timeout(_ clock: ContinuousClock) -> Int32 {
        guard let deadline = clients.values.compactMap(\.deadline).min() else { return -1 }
        let left = clock.now.duration(to: deadline).components
        let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
        return Int32(clamping: max(0, milliseconds))
    }
}

extension UplinkRequest {
    var client: Int {
        switch self {
        case .connect(let client, _), .disconnect(let client), .publish(let client, _, _),
            .subscribe(let client, _, _), .unsubscribe(let client, _, _), .abandon(let client):
            client
        }
    }
}
