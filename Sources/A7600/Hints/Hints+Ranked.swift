extension Hints {
    /// The ranked checks behind a failed connection (15, 26, 32, 33, 34): those that apply to this configuration, the
    /// likeliest first, each with its remedy. Never empty. For any other code its advice.
    public static func ranked(for code: ResultCode, _ description: ConnectionDescription) -> [String] {
        guard tlsCodes.contains(code) else { return code.advice.isEmpty ? [] : ["\(code.causes); \(code.advice)"] }
        let found =
            missingFiles(description) + otherContext(description) + clock(description) + serverName(description)
            + clientAuthentication(description) + authority(description) + key(description)
            + versionAndPort(description)
        return found.isEmpty ? [lastResort(description)] : found
    }

    /// 1: a file that `authmode` needs.
    private static func missingFiles(_ description: ConnectionDescription) -> [String] {
        guard let settings = description.settings else { return [] }
        return settings.neededFiles.compactMap { keyword, name in
            let place = "of context \(settings.context)"
            if name.isEmpty {
                return "\(keyword.rawValue) \(place) is not set, and authmode \(settings.authmode) needs it: set it"
            }
            guard let stored = description.storedFiles, !stored.contains(name) else { return nil }
            return
                "\(keyword.rawValue) \(place) names \(name), which is not in CCERTLIST: install it, or correct the name"
        }
    }

    /// 2: what was configured is not what was used.
    private static func otherContext(_ description: ConnectionDescription) -> [String] {
        guard let configured = description.configuredContext, let used = description.usedContext, configured != used
        else { return [] }
        return [
            "context \(configured) was set up, and context \(used) was used: a failed CONNECT or a DISC has cleared the "
                + "binding; send CMQTTSSLCFG before every CONNECT"
        ]
    }

    /// 3: dates are checked, and the clock is wrong or a certificate not valid.
    private static func clock(_ description: ConnectionDescription) -> [String] {
        guard let settings = description.settings, !settings.ignoresLocalTime, let clock = description.clock else {
            return []
        }
        guard clock.isSet else {
            return ["ignorelocaltime is 0 and the clock is not set, so every certificate is invalid: sync_clock first"]
        }
        let now = clock.secondsSince1970
        return settings.neededFiles.compactMap { _, name in
            guard let facts = description.files[name] else { return nil }
            if let start = facts.notBefore, now < start {
                return "\(name) is not valid yet by the module's clock (\(clock)): set the clock, or ignorelocaltime 1"
            }
            if let end = facts.notAfter, now > end {
                return "\(name) has expired by the module's clock (\(clock)): renew it, or set the clock"
            }
            return nil
        }
    }

    /// 4: the server does not learn which name is meant.
    private static func serverName(_ description: ConnectionDescription) -> [String] {
        guard description.isHostName, description.settings?.sendsServerName == false else { return [] }
        return [
            "enableSNI is 0 and \(description.host) is a name, which shared hosts need to be told: set enableSNI to 1"
        ]
    }

    /// 5: certificate and key are there and not used, or do not belong together.
    private static func clientAuthentication(_ description: ConnectionDescription) -> [String] {
        guard let settings = description.settings else { return [] }
        if settings.authmode < 2, !settings.certificateFile.isEmpty, !settings.keyFile.isEmpty {
            return [
                "certificate and key are set, but authmode \(settings.authmode) does not send them: set authmode to 2"
            ]
        }
        guard settings.authmode >= 2, description.files[settings.keyFile]?.fitsCertificate == false else { return [] }
        return ["\(settings.keyFile) does not belong to \(settings.certificateFile): install the pair again"]
    }

    /// 6: the file that is to be the root.
    private static func authority(_ description: ConnectionDescription) -> [String] {
        guard let settings = description.settings, let facts = description.files[settings.caFile] else { return [] }
        let name = settings.caFile
        var found: [String] = []
        switch facts.kind {
        case .leaf: found.append("\(name) is a server's own certificate: use the root that signed it")
        case .intermediate: found.append("\(name) is an intermediate certificate: use the root above it")
        case .root, .key, nil: break
        }
        if facts.hasCRLF { found.append("\(name) has CR LF line ends: convert it to LF and install it again") }
        if facts.hasTrailingBytes {
            found.append("\(name) has bytes behind its end line: cut them and install it again")
        }
        if let source = facts.sourceBytes, let sent = facts.sentBytes, source != sent {
            found.append("\(name) has \(source) bytes, and \(sent) were sent: install it again")
        }
        return found
    }

    /// 7: kinds of key that firmwares do not take.
    private static func key(_ description: ConnectionDescription) -> [String] {
        guard let settings = description.settings, case .key(let kind)? = description.files[settings.keyFile]?.kind
        else {
            return []
        }
        let remedy = "convert it to an unencrypted BEGIN RSA PRIVATE KEY"
        switch kind {
        case .rsa: return []
        case .encrypted: return ["\(settings.keyFile) is encrypted: \(remedy)"]
        case .ellipticCurve: return ["\(settings.keyFile) is an elliptic curve key: use an RSA key and certificate"]
        case .pkcs8: return ["\(settings.keyFile) is not BEGIN RSA PRIVATE KEY: \(remedy)"]
        }
    }

    /// 8: old protocol versions, and a port that does not go with the server type.
    private static func versionAndPort(_ description: ConnectionDescription) -> [String] {
        var found: [String] = []
        if let settings = description.settings, settings.version <= 2 {
            found.append("sslversion \(settings.version) is refused by servers of today: set 3 or 4")
        }
        switch (description.serverType, description.port) {
        case (.tls, 1883): found.append("server type 1 is TLS, and port 1883 is usually plain: try 8883")
        case (.tcp, 8883): found.append("server type 0 is plain, and port 8883 is usually TLS: acquire with type 1")
        case (.tls, _), (.tcp, _): break
        }
        return found
    }

    /// 9: nothing that a host can see.
    private static func lastResort(_ description: ConnectionDescription) -> String {
        let firmware = description.firmware.map { "firmware \($0)" } ?? "the firmware revision (ATI)"
        return "nothing wrong is seen from here: check \(firmware), the broker's log, and the same connection from a "
            + "computer with the same files"
    }
}

extension TLSSettings {
    /// The files that `authmode` needs, with their names in this context.
    var neededFiles: [(keyword: Profile.SSLKeyword, name: String)] {
        let server = [(keyword: Profile.SSLKeyword.cacert, name: caFile)]
        let client =
            [(keyword: .clientcert, name: certificateFile), (keyword: .clientkey, name: keyFile)]
            as [(keyword: Profile.SSLKeyword, name: String)]
        switch authmode {
        case 1: return server
        case 2: return server + client
        case 3: return client
        default: return []
        }
    }
}
