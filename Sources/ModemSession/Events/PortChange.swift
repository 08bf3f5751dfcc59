public import ATProtocol

/// What happened to the port under a session.
public enum PortChange: Equatable, Sendable {
    /// Open, and the module is the same as before, as far as that was asked for.
    case opened(PortGeneration, name: String)
    /// Gone by itself, or closed on this side: to be opened again as a step against silence, or for good.
    case lost(PortGeneration, PortLoss)
    /// An attempt to open it again failed; more follow.
    case stillClosed(TransportError)
    /// It will not be opened again: time is up, or a different module answers.
    case abandoned(TransportError)
}
