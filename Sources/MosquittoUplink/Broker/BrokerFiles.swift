import Glibc

/// The configuration of a private broker as mosquitto reads it.
struct BrokerFiles {
    static let configurationName = "mosquitto.conf"

    let configuration: PrivateBrokerConfiguration
    let ports: PrivateBroker.Ports

    func write(to folder: TemporaryFolder) throws(PrivateBrokerError) {
        try folder.write(text(in: folder).utf8, to: Self.configurationName)
    }

    func text(in folder: TemporaryFolder) -> String {
        var lines = [
            "per_listener_settings true",
            "persistence false",
            "set_tcp_nodelay true",
            "connection_messages true",
            "log_dest stderr",
            "log_timestamp false",
        ]
        // As root, mosquitto would become another user and lose its own folder.
        if geteuid() == 0 {
            lines.append("user root")
        }
        switch configuration.detail {
        case .events: lines += ["error", "warning", "notice", "information"].map { "log_type \($0)" }
        case .packets: lines.append("log_type all")
        }
        lines += ["listener \(ports.plain) 127.0.0.1", "allow_anonymous true"]
        return lines.joined(separator: "\n") + "\n"
    }
}
