/// Names one submitted exchange; chosen by the caller, never reused within a session.
public struct ExchangeID: Hashable, Sendable {
    public var number: UInt64
    public init(_ number: UInt64) { self.number = number }
}

/// Names one transport write, so that its completion can be reported back.
public struct WriteID: Hashable, Sendable {
    public var number: UInt64
    public init(_ number: UInt64) { self.number = number }
}

/// Counts the openings of a port. What belonged to an earlier generation never reaches a later one.
public struct PortGeneration: Hashable, Sendable {
    public var number: UInt32
    public init(_ number: UInt32) { self.number = number }
}
