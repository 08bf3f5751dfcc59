/// A message from the server, put together from its block of lines.
public struct ReceivedMessage: Hashable, Sendable {
    /// Index of the client that received it.
    public var client: Int
    public var topic: [UInt8]
    public var payload: [UInt8]
    public var completeness: Completeness

    public init(client: Int, topic: [UInt8], payload: [UInt8], completeness: Completeness = .complete) {
        self.client = client
        self.topic = topic
        self.payload = payload
        self.completeness = completeness
    }

    public enum Completeness: Hashable, Sendable {
        case complete
        /// Cut by a restart, a deadline or a damaged frame, or its sizes are not the announced ones.
        case incomplete
    }

    public var isComplete: Bool { completeness == .complete }
}
