extension World {
    /// How much happened in a run.
    package struct Tally: Sendable {
        package var commands = 0
        /// QoS 1 and 2, acknowledged to a user.
        package var acknowledgedMessages = 0
        /// Handed to a user, whole.
        package var receivedMessages = 0
        package var faults = 0

        mutating func add(_ other: Tally) {
            commands += other.commands
            acknowledgedMessages += other.acknowledgedMessages
            receivedMessages += other.receivedMessages
            faults += other.faults
        }
    }
}
