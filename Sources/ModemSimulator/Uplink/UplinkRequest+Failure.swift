extension UplinkRequest {
    /// The event of a network in which nothing can be reached. Nil: the request is never answered.
    var failure: UplinkEvent? {
        switch self {
        case .connect(let client, _): .connectFailed(client: client, .noConnection)
        case .disconnect(let client): .disconnected(client: client, .notConnected)
        case .publish(let client, let token, _): .published(client: client, token: token, .notConnected)
        case .subscribe(let client, let token, _):
            .subscribed(client: client, token: token, .failure(.notConnected))
        case .unsubscribe(let client, let token, _): .unsubscribed(client: client, token: token, .notConnected)
        case .abandon: nil
        }
    }
}
