import A7600

/// What network events do to the clients.
extension ModuleState {
    mutating func handle(_ event: UplinkEvent) {
        switch event {
        case .connected(let client): connected(client)
        case .connectFailed(let client, let failure):
            guard let ticket = take(.connect, of: client) else { return }
            endConnect(client, ticket, code(of: failure, client: client))
        case .disconnected(let client, let failure):
            guard let ticket = take(.disconnect, of: client) else { return }
            endDisconnect(client, ticket, failure == nil ? .succeeded : profile.discFail)
        case .published(let client, let token, let failure):
            answer(.publish, client, token, failure.map(requestCode) ?? .succeeded)
        case .subscribed(let client, let token, let outcome):
            switch outcome {
            case .success(let granted):
                subscribed(client, token, granted.contains { $0 >= 0x80 } ? .failed : .succeeded)
            case .failure(let failure): answer(.subscribe, client, token, requestCode(failure))
            }
        case .unsubscribed(let client, let token, let failure):
            answer(.unsubscribe, client, token, failure.map(requestCode) ?? .succeeded)
        case .message(let client, let message): deliver(message, to: client)
        case .lost(let client, let loss):
            switch loss {
            case .closedByPeer: lose(client, cause: 1, code: .messageReceiveFailed)
            case .reset: lose(client, cause: 2, code: .messageReceiveFailed)
            }
        }
    }

    /// Ends a connection that nobody asked to end: open requests first, then the loss.
    mutating func lose(_ index: Int, cause: Int, code: ResultCode) {
        let link = mqtt.clients[index].link
        guard link != .down else { return }
        if cause == 3 { request(.abandon(client: index)) }
        if let open = mqtt.clients[index].request {
            mqtt.clients[index].request = nil
            switch open.kind {
            case .connect: mqtt.bindings[index] = nil
            case .disconnect, .publish, .subscribe, .unsubscribe: break
            }
            complete(open.ticket, open.kind == .disconnect ? profile.discFail : code)
        }
        mqtt.clients[index].endConnection()
        guard link == .up else { return }
        if cause == 2, profile.pingUrc { urc("+CMQTTPING: \(index),1") }
        urc("+CMQTTCONNLOST: \(index),\(cause)")
    }

    func isOpen(_ kind: MQTTClient.OpenRequest.Kind, of index: Int, token: UInt64? = nil) -> Bool {
        guard let request = mqtt.clients[index].request, request.kind == kind else { return false }
        return token == nil || request.ticket.number == token
    }

    /// Takes the open request of this kind. Nil: there is none, for its time ran out.
    mutating func take(_ kind: MQTTClient.OpenRequest.Kind, of index: Int, token: UInt64? = nil) -> Ticket? {
        guard isOpen(kind, of: index, token: token) else { return nil }
        defer { mqtt.clients[index].request = nil }
        return mqtt.clients[index].request?.ticket
    }

    private mutating func connected(_ index: Int) {
        guard let ticket = take(.connect, of: index) else { return }
        mqtt.clients[index].link = .up
        complete(ticket, .succeeded)
    }

    mutating func endConnect(_ index: Int, _ ticket: Ticket, _ code: ResultCode) {
        mqtt.clients[index].endConnection()
        mqtt.bindings[index] = nil
        complete(ticket, code)
    }

    mutating func endDisconnect(_ index: Int, _ ticket: Ticket, _ code: ResultCode) {
        mqtt.clients[index].endConnection()
        mqtt.bindings[index] = nil
        complete(ticket, code)
    }

    private mutating func answer(
        _ kind: MQTTClient.OpenRequest.Kind,
        _ index: Int,
        _ token: UInt64,
        _ code: ResultCode
    ) {
        let filters = mqtt.clients[index].request?.filters ?? []
        guard let ticket = take(kind, of: index, token: token) else { return }
        if code == .succeeded, !filters.isEmpty {
            mqtt.clients[index].subscriptions.removeAll { filters.contains($0) }
            if kind == .subscribe { mqtt.clients[index].subscriptions += filters }
        }
        complete(ticket, code)
    }

    /// With `subRetainedEarly` the result waits a moment, so that retained messages come before it.
    private mutating func subscribed(_ index: Int, _ token: UInt64, _ code: ResultCode) {
        guard profile.subRetainedEarly else { return answer(.subscribe, index, token, code) }
        later(.milliseconds(20)) { $0.answer(.subscribe, index, token, code) }
    }

    private func code(of failure: UplinkFailure, client index: Int) -> ResultCode {
        switch failure {
        case .nameNotFound: .dnsError
        case .noConnection, .notConnected: .socketConnectFailed
        case .unusableCredentials: context(of: index).lacksName ? .certificateNotSet : .openSessionFailed
        case .negotiation: profile.tlsFail
        case .closedByPeer: .closedByServer
        case .timeout: .timeout
        case .malformed: .packetFailed
        case .refused(let reason): ResultCode(rawValue: 26 + reason)
        case .sendFailed: .socketSendingFailed
        }
    }

    private func requestCode(_ failure: UplinkFailure) -> ResultCode {
        switch failure {
        case .timeout: .timeout
        case .malformed: .packetFailed
        case .sendFailed: .socketSendingFailed
        case .closedByPeer, .notConnected, .noConnection, .nameNotFound, .unusableCredentials, .negotiation, .refused:
            .messageReceiveFailed
        }
    }

    /// The context that the next TLS connection of this client uses.
    func context(of index: Int) -> TLSContext {
        tls[mqtt.bindings[index] ?? index]
    }
}
