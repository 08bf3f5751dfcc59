import CMosquitto
import Glibc
import ModemSimulator

/// A connection on its way: TCP, then TLS if asked for, then CONNACK, each with a deadline of its own.
///
/// What is reported is the first thing that went wrong in that order, whatever libmosquitto calls it: a name or a port
/// that leads nowhere comes before unusable files, these before a failed negotiation, and that before a closed socket.
final class Opening {
    enum Step {
        case wait
        case failed(UplinkFailure)
        case connected(Session)
    }

    private enum Phase {
        case idle
        /// TLS cannot work, which counts only if the server can be reached.
        case probing(SocketProbe, UplinkFailure)
        case tcp(MosquittoHandle)
        case negotiation(MosquittoHandle)
        case acknowledgement(MosquittoHandle)
    }

    private let connection: UplinkConnection
    private let port: Int
    private let codec: TopicCodec
    private var addresses: ArraySlice<String>
    private var phase = Phase.idle
    private(set) var deadline: ContinuousClock.Instant?

    /// - Parameter addresses: numeric, tried one after another; at least one.
    init(_ connection: UplinkConnection, addresses: [String], port: Int, codec: TopicCodec) {
        self.connection = connection
        self.port = port
        self.codec = codec
        self.addresses = addresses[...]
    }

    var interest: SocketInterest? {
        switch phase {
        case .idle: nil
        case .probing(let probe, _): SocketInterest(descriptor: probe.descriptor, write: true)
        case .tcp(let handle): SocketInterest(descriptor: handle.descriptor, write: true)
        case .negotiation(let handle), .acknowledgement(let handle):
            SocketInterest(descriptor: handle.descriptor, write: handle.wantsWrite)
        }
    }

    /// Tries the next address, or says that there is none.
    func begin(at now: ContinuousClock.Instant) -> Step {
        while let address = addresses.popFirst() {
            deadline = now + .seconds(connection.timeout)
            do {
                let tls = try connection.tls.map { settings throws(TLSContext.Failure) in try TLSContext(settings) }
                let handle = try MosquittoHandle(connection, codec: codec, tls: tls)
                switch handle.connect(address: address, port: port, keepAlive: connection.keepAlive) {
                case .success, .pending:
                    phase = .tcp(handle)
                    return .wait
                case .negotiation:
                    return .failed(.negotiation)
                default:
                    continue
                }
            } catch let failure as TLSContext.Failure {
                guard let probe = SocketProbe(address: address, port: port) else { continue }
                phase = .probing(probe, Self.meaning(of: failure))
                return .wait
            } catch {
                // A real server closes the connection on such an identifier, user name or will.
                return .failed(.closedByPeer)
            }
        }
        return .failed(.noConnection)
    }

    func ready(_ events: Int16, at now: ContinuousClock.Instant) -> Step {
        switch phase {
        case .idle:
            return .wait
        case .probing(let probe, let failure):
            return takeSocketError(probe.descriptor) == 0 ? .failed(failure) : begin(at: now)
        case .tcp(let handle):
            switch takeSocketError(handle.descriptor) {
            case 0: break
            // It was made, and ended before this was seen.
            case ECONNRESET: return .failed(connection.tls == nil ? .closedByPeer : .negotiation)
            default: return begin(at: now)
            }
            guard events & Int16(POLLOUT) != 0 else { return .wait }
            return established(handle, events, at: now)
        case .negotiation(let handle):
            return negotiate(handle, events, at: now)
        case .acknowledgement(let handle):
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
        case .idle: .wait
        case .probing, .tcp: begin(at: now)
        case .negotiation: .failed(.negotiation)
        case .acknowledgement: .failed(.timeout)
        }
    }

    private func established(_ handle: MosquittoHandle, _ events: Int16, at now: ContinuousClock.Instant) -> Step {
        guard let tls = connection.tls else {
            phase = .acknowledgement(handle)
            deadline = now + .seconds(connection.timeout)
            return conclude(handle.write(), handle, at: now)
        }
        phase = .negotiation(handle)
        deadline = now + .seconds(tls.timeout)
        return negotiate(handle, events, at: now)
    }

    private func negotiate(_ handle: MosquittoHandle, _ events: Int16, at now: ContinuousClock.Instant) -> Step {
        guard handle.read() == .success, handle.descriptor >= 0 else { return .failed(.negotiation) }
        if handle.isNegotiated {
            phase = .acknowledgement(handle)
            deadline = now + .seconds(connection.timeout)
            return conclude(handle.write(), handle, at: now)
        }
        // libmosquitto takes a socket that ends here for one that has nothing to read yet.
        let ended = events & (Int16(POLLERR | POLLHUP) | moonwire_poll_peer_closed) != 0
        return ended && !hasInput(handle.descriptor) ? .failed(.negotiation) : .wait
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

    private static func meaning(of failure: TLSContext.Failure) -> UplinkFailure {
        switch failure {
        case .unusableCredentials: .unusableCredentials
        case .versionUnavailable: .negotiation
        }
    }
}
