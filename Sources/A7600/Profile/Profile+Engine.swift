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
        configuration.secretLines = secretLines
        configuration.commandLimit = lineLimit
        configuration.dataLimit = Self.longestPayload
        // It waits for announced data without limit, also when their host is gone.
        configuration.recovery.openingPadding = .seconds(1)
        return configuration
    }

    /// The same for all profiles, and turning the tables round takes longer than all the rest.
    private static let errorTexts = ErrorTexts(cme: EquipmentError.cme, cms: EquipmentError.cms)

    /// Answers of any command that show secrets. They differ with the fields of CSSLCFG alone.
    private var secretLines: [CommandSpec.SecretLine] {
        switch sslRead {
        case .passwordAndSNI: Self.usualSecretLines
        case .sniKeyPasswordAndCiphers: Self.secretLinesWithKeyPassword
        }
    }

    private static let usualSecretLines = secretLines(of: .a7600)
    private static let secretLinesWithKeyPassword = secretLines(of: .sim7600)

    private static func secretLines(of profile: Profile) -> [CommandSpec.SecretLine] {
        Catalogue.commands.flatMap { description in
            description.forms.filter { $0.isOffered(by: profile) }.compactMap { form in
                let fields = form.answer(Arguments([], for: []), profile).secretFields
                return fields.isEmpty ? nil : CommandSpec.SecretLine(description.name, fields)
            }
        }
    }

    private var engineDataEcho: Configuration.DataEcho {
        switch dataEcho {
        case .off: .off
        case .withEcho: .withEcho
        case .always: .always
        }
    }
}
