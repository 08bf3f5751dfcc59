import A7600
import ATProtocol

/// The checks that all MQTT write commands share, in the order of `a7600.md` 2.0.
extension ModuleState {
    enum ClientNeed: Equatable, Sendable { case acquired, connected, disconnected }

    /// Rules 3 to 6: index, acquired, not busy, connected or not.
    func requireClient(_ index: Int, _ need: ClientNeed) throws(Refusal) {
        guard mqtt.clients.indices.contains(index) else { throw .result(.clientIndexError, client: index) }
        let client = mqtt.clients[index]
        guard client.isAcquired else { throw .result(.clientNotAcquired, client: index) }
        guard client.request == nil else { throw .result(.clientBusy, client: index) }
        switch need {
        case .acquired: break
        case .connected:
            guard client.link == .up else { throw .result(.noConnection, client: index) }
        case .disconnected:
            guard client.link == .down else { throw .result(.notSupportedOperation, client: index) }
        }
        if need == .connected, profile.busyDuringRx, now < streamsUntil { throw .result(.clientBusy, client: index) }
    }

    /// Rule 7: a length out of range.
    func requireLength(_ length: Int, in range: ClosedRange<Int>, client: Int) throws(Refusal) {
        guard range.contains(length) else { throw .result(.lengthOutOfRange, client: client) }
    }

    /// Rule 7: any other value out of range.
    func requireValue(_ value: Int, in range: ClosedRange<Int>, client: Int) throws(Refusal) {
        guard range.contains(value) else { throw .result(.invalidParameter, client: client) }
    }

    /// What data are, for the UTF-8 check.
    enum TextKind: Equatable, Sendable { case topic, payload }

    func requireText(_ bytes: [UInt8], _ kind: TextKind, client: Int) throws(Refusal) {
        guard mqtt.clients[client].checksUTF8 else { return }
        let isChecked = kind == .topic || profile.utf8Payload
        guard isChecked else { return }
        guard String(validating: bytes, as: UTF8.self) != nil, kind == .payload || !bytes.contains(0) else {
            throw .result(.badUTF8, client: client)
        }
    }

    /// The prompt of an input command; `store` gets the data when they are complete and pass the UTF-8 check.
    ///
    /// - Parameter need: checked again when the data are complete, for the connection may have been lost meanwhile.
    func input(
        _ length: Int,
        _ kind: TextKind,
        client: Int,
        _ need: ClientNeed,
        store: @escaping @Sendable (inout ModuleState, [UInt8]) throws(Refusal) -> Answer
    ) -> Answer {
        .prompt(
            DataRequest(length: length) { (module: inout ModuleState, data: [UInt8]) throws(Refusal) -> Answer in
                guard module.mqtt.isStarted else { throw .error }
                try module.requireClient(client, need)
                try module.requireText(data, kind, client: client)
                return try store(&module, data)
            }
        )
    }

    /// Opens a request that the network answers, and limits its time.
    mutating func open(
        _ kind: MQTTClient.OpenRequest.Kind,
        of index: Int,
        _ pending: PendingResult,
        limit: Duration,
        _ request: UplinkRequest,
        filters: [[UInt8]] = []
    ) -> Answer {
        mqtt.clients[index].request = MQTTClient.OpenRequest(kind: kind, ticket: pending.ticket, filters: filters)
        if let code = pending.forced {
            end(kind, of: index, ResultCode(rawValue: code))
        } else {
            self.request(request)
            later(limit, ticket: pending.ticket) { $0.end(kind, of: index, .timeout) }
        }
        return .result(pending)
    }

    /// Ends a request without the network's word.
    private mutating func end(_ kind: MQTTClient.OpenRequest.Kind, of index: Int, _ code: ResultCode) {
        guard let ticket = take(kind, of: index) else { return }
        switch kind {
        case .connect:
            request(.abandon(client: index))
            endConnect(index, ticket, code)
        case .disconnect:
            request(.abandon(client: index))
            endDisconnect(index, ticket, code == .timeout ? profile.discFail : code)
        case .publish, .subscribe, .unsubscribe: complete(ticket, code)
        }
    }
}
