package import ATProtocol

/// What the owner of a simulated module has to do, in this order.
package enum SimulatorAction: Equatable, Sendable {
    /// Bytes on the line to the host.
    case transmit([UInt8])
    /// The module's only timer; replaces the one before. Nil: none.
    case setDeadline(Moment?)
    case request(UplinkRequest)
    /// The store changed and must be durable before the bytes that follow are sent.
    case persist(StoreChange)
    /// A fault: the port disappears, or is there again.
    case port(PortPresence)

    package enum PortPresence: Equatable, Sendable { case vanished, returned }
}

/// One change of what survives a restart: certificate files and saved settings.
package enum StoreChange: Equatable, Sendable {
    case file(name: [UInt8], content: [UInt8])
    case removed(name: [UInt8])
    case setting(name: String, value: String)
}
