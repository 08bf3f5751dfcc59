import Glibc
import ModemSimulator

/// A connection on its way: TCP, then TLS if asked for, then CONNACK, each with a deadline of its own.
///
/// What is reported is the first thing that went wrong in that order, whatever libmosquitto calls it.
final class Opening {
    enum Step {
        case wait
        case failed(UplinkFailure)
        case connected(Session)
    }

    private enum Phase { case tcp, negotiation, acknowledgement }

    private let connection: UplinkConnection
    private let port: Int
    private let codec: TopicCodec
    private var addresses: ArraySlice<String>
    private var phase = Phase.tcp
    private var handle: MosquittoHandle?
    private(set) var deadline: ContinuousClock.Instant?

    /// - Parameter addresses: numeric, tried one after another; at least one.
    init(_ connection: UplinkConnection, addresses: [String], port: Int, codec: TopicCodec) {
        self.connection = connection
        self.port = port
        self.codec = codec
        self.addresses = addresses[...]
    }

    var interest: SocketInterest? {
        guard let handle, handle.descriptor >= 0 else { return nil }
        switch phase {
        case .tcp: return SocketInterest(descriptor: handle.descriptor, write: true)
        case .negotiation: return SocketInterest(descriptor: handle.descriptor, write: false)
        case .acknowledgement: return SocketInterest(descriptor: handle.descriptor, write: handle.wantsWrite)
        }
    }

    /// Tries the next address, or says that there is none.
    func begin(at now: ContinuousClock.Instant) -> Step {
        while let address = addresses.popFirst() {
            phase = .tcp
            deadline = now + .seconds(connection.timeout)
            do {
                let handle = try MosquittoHandle(connection, codec: codec)
                self.handle = handle
                switch handle.connect(address: address, port: port, keepAlive: connection.keepAlive) {
                case .success, .pending: return .wait
                case .negotiation: return .failed(.negotiation)
                default: continue
                }
            } catch {
                // A real server closes the connection on such an identifier, user name or will.
                return .failed(.closedByPeer)
            }
        }
        return .failed(.noConnection)
    }

    func ready(_ events: Int16, at now: ContinuousClock.Instant) -> Step {
        guard let handle else { return .wait }
        switch phase {
        case .tcp:
            guard takeSocketError(handle.descriptor) == 0 else { return begin(at: now) }
            guard events & Int16(POLLOUT) != 0 else { return .wait }
            phase = .acknowledgement
            deadline = now + .seconds(connection.timeout)
            return conclude(handle.write(), handle, at: now)
        case .negotiation:
            return .wait
        case .acknowledgement:
            var code = MosquittoCode.success
            if events & Int16(POLLOUT) != 0 {
                code = handle.write()
            }
            if code == .success, events & ~Int16(POLLOUT) != 0 {
                code = handle.read()
            }
            return conclude(code, handle, at: now)
        }
    }

    func expire(at now: ContinuousClock.Instant) -> Step {
        switch phase {
        case .tcp: begin(at: now)
        case .negotiation: .failed(.negotiation)
        case .acknowledgement: .failed(.timeout)
        }
    }

    private func conclude(_ code: MosquittoCode, _ handle: MosquittoHandle, at now: ContinuousClock.Instant) -> Step {
        var happenings = handle.takeHappenings()[...]
        if case .acknowledged(let answer) = happenings.first {
            if (1...5).contains(answer) { return .failed(.refused(answer)) }
            guard answer == 0 else { return .failed(.malformed) }
            happenings.removeFirst()
            return .connected(Session(handle, connection, codec: codec, happenings: Array(happenings), at: now))
        }
        switch code {
        case .success: return handle.descriptor < 0 ? .failed(.closedByPeer) : .wait
        case .protocolError, .malformedPacket: return .failed(.malformed)
        default: return .failed(.closedByPeer)
        }
    }
}
