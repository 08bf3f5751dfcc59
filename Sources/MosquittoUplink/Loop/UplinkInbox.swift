import CMosquitto
import Glibc
import ModemSimulator
import Synchronization

/// What others hand to the thread of a loop, in order, with a descriptor to wake it.
final class UplinkInbox: Sendable {
    enum Item: Sendable {
        case request(UplinkRequest)
        case resolved(client: Int, ticket: UInt64, addresses: [String])
        /// The last item; the closure runs when everything is released.
        case shutdown(@Sendable () -> Void)
    }

    /// Readable when something was put in; closed with the inbox, so never while the loop or a producer lives.
    let wakeDescriptor: Int32
    private let items = Mutex<[Item]>([])

    init() throws(UplinkThreadError) {
        wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeDescriptor >= 0 else { throw UplinkThreadError(errno: errno) }
    }

    deinit {
        close(wakeDescriptor)
    }

    func put(_ item: Item) {
        let wasEmpty = items.withLock { items in
            defer { items.append(item) }
            return items.isEmpty
        }
        // One byte wakes the loop for all that has gathered until it looks.
        if wasEmpty {
            eventfd_write(wakeDescriptor, 1)
        }
    }

    func take() -> [Item] {
        items.withLock { items in
            defer { items = [] }
            return items
        }
    }
}
