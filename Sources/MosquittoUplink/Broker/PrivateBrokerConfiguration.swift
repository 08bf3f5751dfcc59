/// What a private broker should offer.
package struct PrivateBrokerConfiguration: Sendable {
    /// How much the broker writes into its log.
    package enum Detail: Equatable, Sendable {
        /// Connections, subscriptions, errors.
        case events
        /// Every packet as well; a little slower.
        case packets
    }

    /// The port of the plain listener; nil: any free one.
    package var port: Int?
    package var detail = Detail.events

    package init(port: Int? = nil, detail: Detail = .events) {
        self.port = port
        self.detail = detail
    }
}
