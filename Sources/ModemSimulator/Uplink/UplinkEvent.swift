/// What the network side tells the simulated module, per client in the order in which it happened.
package enum UplinkEvent: Equatable, Sendable {
    case connected(client: Int)
    case connectFailed(client: Int, UplinkFailure)
    /// The farewell is done; nil: well, else why not.
    case disconnected(client: Int, UplinkFailure?)
    case published(client: Int, token: UInt64, UplinkFailure?)
    /// The granted QoS per filter, 0x80 for a refused one; or the failure.
    case subscribed(client: Int, token: UInt64, Result<[UInt8], UplinkFailure>)
    case unsubscribed(client: Int, token: UInt64, UplinkFailure?)
    case message(client: Int, UplinkMessage)
    /// A connection that had been established ended without being asked to.
    case lost(client: Int, UplinkLoss)
}

package enum UplinkLoss: Equatable, Sendable {
    /// The peer closed it.
    case closedByPeer
    /// Reset, or the keep-alive got no answer.
    case reset
}

package enum UplinkFailure: Error, Equatable, Sendable {
    case nameNotFound
    /// Refused, unreachable or no answer in time.
    case noConnection
    /// A certificate or key cannot be read, or they do not belong together.
    case unusableCredentials
    /// The TLS negotiation failed or took too long.
    case negotiation
    /// Closed after the negotiation, before CONNACK, or while a request waited.
    case closedByPeer
    /// No CONNACK, SUBACK, UNSUBACK or PUBACK in time.
    case timeout
    /// An answer that is not MQTT.
    case malformed
    /// CONNACK 1…5.
    case refused(Int)
    case sendFailed
    case notConnected
}
