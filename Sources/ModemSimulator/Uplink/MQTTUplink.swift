/// The network side of one simulated module: two MQTT clients on some transport.
///
/// `perform` returns at once. Events arrive on any thread, for each client in order, and never before `perform`
/// of the request that they answer has returned.
package protocol MQTTUplink: Sendable {
    func perform(_ request: UplinkRequest)
    /// Ends every connection without a farewell and releases all resources. No event comes afterwards.
    func shutdown() async
}

/// Makes the uplink of a module, given where its events go.
package typealias MQTTUplinkFactory =
    @Sendable (_ deliver: @escaping @Sendable (UplinkEvent) -> Void) throws -> any MQTTUplink
