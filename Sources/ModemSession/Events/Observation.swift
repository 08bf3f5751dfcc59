/// A handler that sees the events of a session until it is cancelled.
public struct Observation: Sendable {
    let remove: @Sendable () -> Void

    /// After this call the handler is not called any more, except for a call that has begun already.
    public func cancel() { remove() }
}
