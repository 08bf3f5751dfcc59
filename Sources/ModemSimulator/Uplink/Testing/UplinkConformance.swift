/// What every uplink must do, as named checks that throw a description of what went wrong. Each check makes an uplink
/// of its own and shuts it down.
package struct UplinkConformance: Sendable {
    /// The environment of the uplink under test.
    package struct Surroundings: Sendable {
        /// A broker that takes everybody, on plain TCP.
        package var host: String
        package var port: Int
        /// Nobody listens there.
        package var deadPort: Int
        /// No such name.
        package var unknownHost: String
        /// Limit of every single wait.
        package var patience: Duration

        package init(
            host: String,
            port: Int,
            deadPort: Int,
            unknownHost: String = "no-such-host.invalid",
            patience: Duration = .seconds(10)
        ) {
            self.host = host
            self.port = port
            self.deadPort = deadPort
            self.unknownHost = unknownHost
            self.patience = patience
        }
    }

    package struct Check: Sendable, CustomStringConvertible {
        /// A sentence: what must hold.
        package var name: String
        var body: @Sendable (UplinkBed) async throws -> Void

        package var description: String { name }

        /// - Throws: what the factory throws, or `UplinkViolation`.
        package func run(_ factory: MQTTUplinkFactory, in surroundings: Surroundings) async throws {
            let bed = try UplinkBed(factory, surroundings)
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body(bed)) } catch { outcome = .failure(error) }
            await bed.uplink.shutdown()
            try outcome.get()
        }
    }

    package static let checks: [Check] = connectionChecks + messageChecks + sessionChecks
}

/// An uplink did not do what every uplink must do.
package struct UplinkViolation: Error, CustomStringConvertible, Sendable {
    package var description: String
    init(_ description: String) { self.description = description }
}
