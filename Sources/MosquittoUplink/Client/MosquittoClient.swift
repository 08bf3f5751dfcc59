import CMosquitto
import ModemSimulator

/// One client of a simulated module: at most one connection at a time.
///
/// Confined to the thread of its loop, which calls `perform` for requests, `ready` when the socket has something and
/// `expire` when the deadline has passed. Events go out in the order in which they happened.
final class MosquittoClient {
    private let index: Int
    private let directory: HostDirectory
    private let deliver: @Sendable (UplinkEvent) -> Void
    /// Asks for the addresses of a name; the answer comes back through `resolved` with the same ticket.
    private let lookUp: (_ name: String, _ ticket: UInt64) -> Void
    private var state = State.idle
    private var ticket: UInt64 = 0

    private enum State {
        case idle
        case resolving(UplinkConnection, port: Int, deadline: ContinuousClock.Instant)
        case opening(Opening)
        case open(Session)
    }

    init(
        index: Int,
        directory: HostDirectory,
        deliver: @escaping @Sendable (UplinkEvent) -> Void,
        lookUp: @escaping (_ name: String, _ ticket: UInt64) -> Void
    ) {
        self.index = index
        self.directory = directory
        self.deliver = deliver
        self.lookUp = lookUp
    }

    /// What to wait for; nil: no socket.
    var interest: SocketInterest? {
        switch state {
        case .idle, .resolving: nil
        case .opening(let opening): opening.interest
        case .open(let session): session.interest
        }
    }

    var deadline: ContinuousClock.Instant? {
        switch state {
        case .idle: nil
        case .resolving(_, _, let deadline): deadline
        case .opening(let opening): opening.deadline
        case .open(let session): session.deadline
        }
    }

    func perform(_ request: UplinkRequest, at now: ContinuousClock.Instant) {
        switch request {
        case .connect(_, let connection): connect(connection, at: now)
        case .abandon: state = .idle
        case .disconnect: disconnect()
        case .publish(_, let token, let message):
            guard case .open(let session) = state else {
                return deliver(.published(client: index, token: token, .notConnected))
            }
            apply(session.publish(message, token: token))
        case .subscribe(_, let token, let filters):
            guard case .open(let session) = state else {
                return deliver(.subscribed(client: index, token: token, .failure(.notConnected)))
            }
            apply(session.subscribe(filters, token: token))
        case .unsubscribe(_, let token, let filters):
            guard case .open(let session) = state else {
                return deliver(.unsubscribed(client: index, token: token, .notConnected))
            }
            apply(session.unsubscribe(filters, token: token))
        }
    }

    /// The addresses of a name, in the order of preference; empty: not found. Ignored when it comes too late.
    func resolved(_ addresses: [String], ticket: UInt64, at now: ContinuousClock.Instant) {
        guard ticket == self.ticket, case .resolving(let connection, let port, _) = state else { return }
        if addresses.isEmpty {
            fail(.nameNotFound)
        } else {
            open(connection, addresses: addresses, port: port, codec: .plain, at: now)
        }
    }

    /// The socket has one of the `poll` events asked for, or an error.
    func ready(_ events: Int16, at now: ContinuousClock.Instant) {
        switch state {
        case .idle, .resolving: break
        case .opening(let opening): apply(opening.ready(events, at: now), at: now)
        case .open(let session): apply(session.ready(events, at: now))
        }
    }

    func expire(at now: ContinuousClock.Instant) {
        switch state {
        case .idle: break
        case .resolving: fail(.nameNotFound)
        case .opening(let opening): apply(opening.expire(at: now), at: now)
        case .open(let session): apply(session.expire(at: now))
        }
    }

    private func connect(_ connection: UplinkConnection, at now: ContinuousClock.Instant) {
        switch state {
        case .idle: break
        // The one before has had no answer yet; every request gets one.
        case .resolving, .opening: fail(.closedByPeer)
        case .open: state = .idle
        }
        switch directory.resolve(connection.host, connection.port) {
        case .notFound: fail(.nameNotFound)
        case .refused: fail(.noConnection)
        case .privateBroker(let port):
            open(connection, addresses: ["127.0.0.1"], port: port, codec: .carried, at: now)
        case .address(let host, let port):
            if NameLookup.isNumeric(host) {
                open(connection, addresses: [host], port: port, codec: .plain, at: now)
            } else {
                ticket += 1
                state = .resolving(connection, port: port, deadline: now + .seconds(connection.timeout))
                lookUp(host, ticket)
            }
        }
    }

    private func open(
        _ connection: UplinkConnection,
        addresses: [String],
        port: Int,
        codec: TopicCodec,
        at now: ContinuousClock.Instant
    ) {
        let opening = Opening(connection, addresses: addresses, port: port, codec: codec)
        state = .opening(opening)
        apply(opening.begin(at: now), at: now)
    }

    private func disconnect() {
        switch state {
        case .idle: deliver(.disconnected(client: index, .notConnected))
        case .resolving, .opening:
            fail(.closedByPeer)
            deliver(.disconnected(client: index, .notConnected))
        case .open(let session): apply(session.disconnect())
        }
    }

    private func apply(_ step: Opening.Step, at now: ContinuousClock.Instant) {
        switch step {
        case .wait: break
        case .failed(let failure): fail(failure)
        case .connected(let session):
            state = .open(session)
            deliver(.connected(client: index))
            // CONNACK and the messages of a persistent session may have come in one piece.
            apply(session.settle())
        }
    }

    private func apply(_ outcomes: [Session.Outcome]) {
        for outcome in outcomes {
            switch outcome {
            case .published(let token, let failure):
                deliver(.published(client: index, token: token, failure))
            case .subscribed(let token, let result):
                deliver(.subscribed(client: index, token: token, result))
            case .unsubscribed(let token, let failure):
                deliver(.unsubscribed(client: index, token: token, failure))
            case .message(let message):
                deliver(.message(client: index, message))
            case .disconnected(let failure):
                state = .idle
                deliver(.disconnected(client: index, failure))
            case .lost(let loss):
                state = .idle
                deliver(.lost(client: index, loss))
            }
        }
    }

    private func fail(_ failure: UplinkFailure) {
        state = .idle
        deliver(.connectFailed(client: index, failure))
    }
}
