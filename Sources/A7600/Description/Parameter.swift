/// One parameter of a command's form: what it is called, what it takes, one line of help.
public struct Parameter: Sendable {
    public enum Presence: Hashable, Sendable {
        case required
        /// May be left out together with all behind it.
        case optional
        /// May also be left empty between two commas.
        case skippable
    }

    public var name: String
    public var help: String
    public var domain: Domain
    public var presence: Presence
    /// What its value is, for the trace's mask, if nobody may read it: "password".
    public var secret: String?

    public init(
        _ name: String,
        _ domain: Domain,
        _ help: String,
        presence: Presence = .required,
        secret: String? = nil
    ) {
        self.name = name
        self.help = help
        self.domain = domain
        self.presence = presence
        self.secret = secret
    }

    /// The same parameter, one that may be left out.
    func orNone(_ presence: Presence = .optional) -> Parameter {
        var copy = self
        copy.presence = presence
        return copy
    }

    /// Whether an argument is of this parameter's kind, whatever its value.
    func mayBe(_ argument: Argument, profile: Profile) -> Bool {
        switch (domain.resolved(for: profile), argument) {
        case (.integer, .integer), (.string, .string), (.keyword, .string), (.hexadecimal, .word), (.any, _): true
        case (.string, .word): profile.unquotedStrings == .accepted
        case (_, .omitted): presence == .skippable
        case (.integer, _), (.string, _), (.keyword, _), (.hexadecimal, _), (.profile, _): false
        }
    }
}

extension Parameter {
    /// `<client_index>` of the MQTT commands.
    static let client = Parameter("client", .integer(0...1), "index of the MQTT client")
    static let qos = Parameter(
        "qos",
        .integer(0...2),
        "quality of service: 0 at most once, 1 at least once, 2 exactly once"
    )
    /// `<dup>`: without meaning in SUB and UNSUB, and not sent on by PUB.
    static let dup = Parameter("dup", .integer(0...1), "duplicate flag; without effect")
    static let topicLength = Parameter("length", .integer(1...1024), "bytes that follow after the prompt")
    /// `<ssl_ctx_index>`.
    static let context = Parameter("context", .integer(0...9), "index of the SSL context")
    static let fileName = Parameter(
        "name",
        .profile { .string(5...$0.nameLimit, .fileName) },
        "file name, ending in .pem or .der"
    )
}
