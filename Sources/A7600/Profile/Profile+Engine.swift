public import ATProtocol

extension Profile {
    /// Longest topic and payload of a message, in bytes.
    static let longestTopic = 1024
    static let longestPayload = 10_240

    /// What the engine has to know of the module.
    public func engineConfiguration() -> Configuration {
        var configuration = Configuration()
        configuration.urcs = UnsolicitedLine.all.map(\.spec)
        configuration.framers = [
            CountedFramer("+CMQTTRXTOPIC", cap: Self.longestTopic),
            CountedFramer("+CMQTTRXPAYLOAD", cap: Self.longestPayload),
            InlineCountedFramer("+CMQTTRECV", cap: Self.longestPayload),
        ]
        configuration.preamble = [
            Command(line: Array("ATE1".utf8), spec: .plain(effects: [.echo(true)])),
            Command(line: Array("AT+CMEE=2".utf8), spec: .plain()),
        ]
        configuration.dataEcho = engineDataEcho
        configuration.ladder = [.escape, .reopen]
        configuration.errorTexts = Self.errorTexts
        configuration.commandLimit = lineLimit
        configuration.dataLimit = Self.longestPayload
        return configuration
    }

    /// The same for all profiles, and turning the tables round takes longer than all the rest.
    private static let errorTexts = ErrorTexts(cme: EquipmentError.cme, cms: EquipmentError.cms)

    private var engineDataEcho: Configuration.DataEcho {
        switch dataEcho {
        case .off: .off
        case .withEcho: .withEcho
        case .always: .always
        }
    }
}
