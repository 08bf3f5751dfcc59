public import ATProtocol

// MQTT manual 2.1.17: what a client does differently; before it connects.
extension Commands {
    static let mqttConfigure = CommandDescription(
        "+CMQTTCFG",
        "configure a client that is acquired and not connected",
        [
            Form(.test, answer: .test("+CMQTTCFG", .many, first: .string)),
            Form(.read, answer: .lines(.many, .prefix("+CMQTTCFG", .integer, .integer, .integer, extra: .allowed))),
            configuration(
                .checkUTF8,
                Parameter("check", .integer(0...1), "1: topics and payload have to be UTF-8; default 1")
            ),
            configuration(
                .optimeout,
                Parameter("seconds", .integer(20...120), "limit of CONNACK, SUBACK, UNSUBACK; default 120")
            ),
            configuration(.version, Parameter("version", .integer(3...4), "3 for MQTT 3.1, the default; 4 for 3.1.1")),
            configuration(
                .argtopic,
                Parameter("topics", .integer(0...1), "1: topics as parameters"),
                Parameter("lengths", .integer(0...1), "1: received messages tell their length", presence: .optional)
            ),
        ]
    )

    /// The form of one keyword, for firmwares that have it.
    private static func configuration(_ keyword: Profile.CfgKeyword, _ values: Parameter...) -> Form {
        Form(
            .write,
            [Parameter("keyword", .profile { .keyword($0.writableCfgKeywords) }, "what to set"), .client] + values,
            isOffered: { $0.cfgKeywords.contains(keyword) },
            keyword: keyword.rawValue,
            answer: { arguments, _ in .mqttLocal("+CMQTTCFG", arguments) }
        )
    }

    public func mqttCheckUTF8(client: Int, _ check: DataPart.UTF8Check) throws(ArgumentFault) -> Command {
        try configure(.checkUTF8, client, .flag(check == .required))
    }

    /// - Parameter seconds: 20 to 120.
    public func mqttOperationTimeout(client: Int, seconds: Int) throws(ArgumentFault) -> Command {
        try configure(.optimeout, client, .integer(seconds))
    }

    /// Refused unless the firmware has the keyword.
    public func mqttVersion(client: Int, _ version: MQTTVersion) throws(ArgumentFault) -> Command {
        try configure(.version, client, .integer(version.rawValue))
    }

    public func mqttConfigurations() throws(ArgumentFault) -> Command {
        try build(Self.mqttConfigure, .read)
    }

    private func configure(
        _ keyword: Profile.CfgKeyword,
        _ client: Int,
        _ value: Argument
    ) throws(ArgumentFault) -> Command {
        try build(Self.mqttConfigure, .write, [.text(keyword.rawValue), .integer(client), value])
    }
}

extension Profile {
    /// Those that do more than answer `ERROR`.
    var writableCfgKeywords: [String] {
        cfgKeywords.filter { $0 != .aliauth }.map(\.rawValue)
    }
}
