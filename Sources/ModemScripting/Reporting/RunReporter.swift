/// Watches a run while it goes on.
package protocol RunReporter: Sendable {
    /// One call after the other, in the order of the events, from whatever thread the event happened on. It must not
    /// wait, and must not call back into the run.
    func report(_ event: RunEvent)
}
