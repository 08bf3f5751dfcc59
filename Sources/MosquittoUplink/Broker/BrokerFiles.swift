import Glibc

/// The files of a private broker as mosquitto reads them.
struct BrokerFiles {
    static let configurationName = "mosquitto.conf"

    let configuration: PrivateBrokerConfiguration
    let ports: PrivateBroker.Ports

    func write(to folder: TemporaryFolder) throws {
        if let tls = configuration.tls {
            try folder.write(tls.authority, to: "ca.pem")
            try folder.write(tls.server.certificate, to: "server.pem")
            try folder.write(tls.server.key, to: "server.key")
        }
        if let users = configuration.users {
            let lines = try users.sorted { $0.key < $1.key }.map { try PasswordEntry(user: $0.key, password: $0.value) }
            try folder.write(lines.map { $0.line + "\n" }.joined().utf8, to: "passwords")
        }
        if let rules = configuration.accessRules {
            try folder.write((rules + "\n").utf8, to: "access")
        }
        if let rules = configuration.userRules {
            try folder.write((rules + "\n").utf8, to: "access-users")
        }
        try folder.write(text(in: folder).utf8, to: Self.configurationName)
    }

    private func text(in folder: TemporaryFolder) -> String {
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
        if let prefix = configuration.identifierPrefix {
            lines.append("clientid_prefixes \(prefix)")
        }
        switch configuration.detail {
        case .events: lines += ["error", "warning", "notice", "information"].map { "log_type \($0)" }
        case .packets: lines.append("log_type all")
        }
        lines += listener(ports.plain, in: folder) + ["allow_anonymous true"]
        if let port = ports.tls {
            lines += listener(port, in: folder) + certificates(in: folder) + ["allow_anonymous true"]
        }
        if let port = ports.mutualTLS {
            lines += listener(port, in: folder) + certificates(in: folder)
            lines += ["cafile \(folder.path(of: "ca.pem"))", "require_certificate true", "allow_anonymous true"]
        }
        if let port = ports.password {
            lines += listener(port, in: folder, rules: configuration.userRules == nil ? "access" : "access-users")
            lines += ["allow_anonymous false", "password_file \(folder.path(of: "passwords"))"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func listener(_ port: Int, in folder: TemporaryFolder, rules file: String = "access") -> [String] {
        let rules = file == "access" ? configuration.accessRules : configuration.userRules
        return ["listener \(port) 127.0.0.1"] + (rules == nil ? [] : ["acl_file \(folder.path(of: file))"])
    }

    private func certificates(in folder: TemporaryFolder) -> [String] {
        ["certfile \(folder.path(of: "server.pem"))", "keyfile \(folder.path(of: "server.key"))"]
    }
}
