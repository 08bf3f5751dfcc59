/// Why there is no private broker.
package struct PrivateBrokerError: Error, CustomStringConvertible, Sendable {
    package enum Code: Equatable, Sendable {
        /// There is no `mosquitto` on this machine.
        case notInstalled
        /// The port that was asked for is taken, or may not be used.
        case portUnavailable(Int)
        /// It ended, or never answered.
        case didNotStart
        /// It ended while it was needed.
        case ended
        /// The temporary folder or its files.
        case files
    }

    package var code: Code
    /// What the system or the broker said.
    package var detail: String

    package init(_ code: Code, detail: String = "") {
        self.code = code
        self.detail = detail
    }

    package var description: String {
        let reason = detail.isEmpty ? "" : ": \(detail)"
        return switch code {
        case .notInstalled:
            "the private MQTT broker needs the program mosquitto, which is not installed; "
                + "install it with scripts/setup or: sudo apt-get install mosquitto"
        case .portUnavailable(let port): "port \(port) cannot be used for the private MQTT broker\(reason)"
        case .didNotStart: "the private MQTT broker did not start\(reason)"
        case .ended: "the private MQTT broker ended\(reason)"
        case .files: "the files of the private MQTT broker cannot be written\(reason)"
        }
    }
}
