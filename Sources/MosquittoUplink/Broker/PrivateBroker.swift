/// A `mosquitto` that runs for this process alone: on loopback, with its files in a temporary folder.
///
/// Made by `withPrivateBroker`, valid inside its closure.
package struct PrivateBroker: Sendable {
    /// The ports of its listeners, all on 127.0.0.1.
    package struct Ports: Equatable, Sendable {
        package var plain: Int
        package var tls: Int?
        package var mutualTLS: Int?
        package var password: Int?

        package init(plain: Int, tls: Int? = nil, mutualTLS: Int? = nil, password: Int? = nil) {
            self.plain = plain
            self.tls = tls
            self.mutualTLS = mutualTLS
            self.password = password
        }

        /// The listener behind a port as scripts write it (see `HostDirectory.privateBroker`).
        func listener(for port: Int) -> Int? {
            switch port {
            case 1883: plain
            case 8883: tls
            case 8884: mutualTLS
            case 1884: password
            default: [plain, tls, mutualTLS, password].contains(port) ? port : nil
            }
        }
    }

    package let ports: Ports
    package let log: BrokerLog
    /// The process of the broker itself, a grandchild of this one.
    package let processID: Int32

    /// Names lead to this broker.
    package var directory: HostDirectory { .privateBroker(ports) }
}
