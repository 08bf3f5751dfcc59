import Glibc
import ModemSimulator

/// An established connection and the requests that wait for their answer.
final class Session {
    enum Outcome: Equatable {
        case published(token: UInt64, UplinkFailure?)
        case subscribed(token: UInt64, Result<[UInt8], UplinkFailure>)
        case unsubscribed(token: UInt64, UplinkFailure?)
        case message(UplinkMessage)
        /// The last outcome, as is `lost`.
        case disconnected(UplinkFailure?)
        case lost(UplinkLoss)
    }

    private enum Phase { case connected, leaving, over }

    private let handle: MosquittoHandle
    private let codec: TopicCodec
    private let keepAlive: Int
    private var waiting = WaitingRequests()
    private var phase = Phase.connected
    /// Reported together with CONNACK.
    private var early: [Happening]
    private var lastInput: ContinuousClock.Instant
    private var nextTick: ContinuousClock.Instant

    init(
        _ handle: MosquittoHandle,
        _ connection: UplinkConnection,
        codec: TopicCodec,
        happenings: [Happening],
        at now: ContinuousClock.Instant
    ) {
        self.handle = handle
        self.codec = codec
        keepAlive = max(connection.keepAlive, 5)
        early = happenings
        lastInput = now
        nextTick = now + Self.tickInterval(keepAlive: keepAlive)
    }

    var interest: SocketInterest? {
        handle.descriptor < 0 ? nil : SocketInterest(descriptor: handle.descriptor, write: handle.wantsWrite)
    }

    /// When libmosquitto must look at the keep-alive, or the silence is over the limit.
    var deadline: ContinuousClock.Instant? {
        phase == .connected ? min(nextTick, silenceLimit) : nil
    }

    /// The outcomes of what came together with CONNACK.
    func settle() -> [Outcome] {
        defer { early = [] }
        return outcomes(of: early)
    }

    func publish(_ message: UplinkMessage, token: UInt64) -> [Outcome] {
        guard let topic = codec.encoded(message.topic) else {
            return [.published(token: token, .closedByPeer)] + lose(.closedByPeer)
        }
        switch handle.publish(message, topic: topic) {
        case .success(let identifier):
            waiting.add(.publish(token), as: identifier)
            return settle(.success)
        case .failure(let refusal) where refusal.code == .invalid || refusal.code == .malformedText:
            return [.published(token: token, .closedByPeer)] + lose(.closedByPeer)
        case .failure:
            return [.published(token: token, .sendFailed)] + lose(.reset)
        }
    }

    func subscribe(_ filters: [UplinkRequest.Filter], token: UInt64) -> [Outcome] {
        var topics: [[UInt8]] = []
        for filter in filters {
            guard let topic = codec.encoded(filter.topic) else {
                return [.subscribed(token: token, .failure(.closedByPeer))] + lose(.closedByPeer)
            }
            topics.append(topic)
        }
        waiting.begin(subscription: token, filters: filters.count)
        for qos in Set(filters.map(\.qos)).sorted() {
            let positions = filters.indices.filter { filters[$0].qos == qos }
            switch handle.subscribe(positions.map { topics[$0] }, qos: qos) {
            case .success(let identifier):
                waiting.add(.subscribe(token, positions: positions), as: identifier)
            case .failure(let refusal):
                return refused(refusal)
            }
        }
        return settle(.success)
    }

    func unsubscribe(_ filters: [[UInt8]], token: UInt64) -> [Outcome] {
        var topics: [[UInt8]] = []
        for filter in filters {
            guard let topic = codec.encoded(filter) else {
                return [.unsubscribed(token: token, .closedByPeer)] + lose(.closedByPeer)
            }
            topics.append(topic)
        }
        switch handle.unsubscribe(topics) {
        case .success(let identifier):
            waiting.add(.unsubscribe(token), as: identifier)
            return settle(.success)
        case .failure(let refusal):
            let failure: UplinkFailure =
                refusal.code == .invalid || refusal.code == .malformedText ? .closedByPeer : .sendFailed
            return [.unsubscribed(token: token, failure)] + lose(failure == .sendFailed ? .reset : .closedByPeer)
        }
    }

    func disconnect() -> [Outcome] {
        phase = .leaving
        guard handle.disconnect() == .success else {
            phase = .over
            return waiting.failAll(.closedByPeer) + [.disconnected(.sendFailed)]
        }
        return settle(.success)
    }

    func ready(_ events: Int16, at now: ContinuousClock.Instant) -> [Outcome] {
        var loss = UplinkLoss.closedByPeer
        if events & Int16(POLLERR) != 0, takeSocketError(handle.descriptor) != 0 {
            loss = .reset
        }
        var code = MosquittoCode.success
        if events & ~Int16(POLLOUT) != 0 {
            lastInput = now
            code = handle.read()
        }
        if code == .success, events & Int16(POLLOUT) != 0, handle.descriptor >= 0 {
            code = handle.write()
        }
        return settle(code, loss: loss)
    }

    func expire(at now: ContinuousClock.Instant) -> [Outcome] {
        guard phase == .connected else { return [] }
        if now >= silenceLimit { return lose(.reset) }
        nextTick = now + Self.tickInterval(keepAlive: keepAlive)
        return settle(handle.tick(), loss: .reset)
    }

    /// After one and a half intervals without a byte the keep-alive has failed: a PINGREQ went unanswered.
    private var silenceLimit: ContinuousClock.Instant { lastInput + .milliseconds(keepAlive * 1500) }

    private static func tickInterval(keepAlive: Int) -> Duration { .milliseconds(max(1000, keepAlive * 100)) }

    /// Turns what the last call reported into outcomes, and its code into the end of the connection if it was one.
    private func settle(_ code: MosquittoCode, loss: UplinkLoss = .closedByPeer) -> [Outcome] {
        var out = outcomes(of: handle.takeHappenings())
        guard phase != .over, code != .success || handle.descriptor < 0 else { return out }
        switch phase {
        case .over: break
        case .leaving:
            phase = .over
            out += waiting.failAll(.closedByPeer) + [.disconnected(code == .success ? nil : .sendFailed)]
        case .connected:
            let malformed = code == .protocolError || code == .malformedPacket
            out += lose(loss, pending: malformed ? .malformed : .closedByPeer)
        }
        return out
    }

    private func lose(_ loss: UplinkLoss, pending failure: UplinkFailure = .closedByPeer) -> [Outcome] {
        phase = .over
        return waiting.failAll(failure) + [.lost(loss)]
    }

    private func refused(_ refusal: MosquittoRefusal) -> [Outcome] {
        switch refusal.code {
        case .invalid, .malformedText: lose(.closedByPeer)
        default: lose(.reset, pending: .sendFailed)
        }
    }

    private func outcomes(of happenings: [Happening]) -> [Outcome] {
        happenings.compactMap { happening in
            switch happening {
            case .acknowledged, .closed:
                return nil
            case .published(let identifier), .unsubscribed(let identifier):
                return waiting.answered(identifier)
            case .subscribed(let identifier, let granted):
                return waiting.granted(identifier, granted)
            case .message(var message):
                message.topic = codec.decoded(message.topic)
                return .message(message)
            }
        }
    }
}
