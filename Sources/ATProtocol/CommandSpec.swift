/// How the module answers one command. Data, written down once per command in the module's target.
public struct CommandSpec: Equatable, Sendable {
    /// Lines that may stand before the final result code. Empty: none.
    public var information: [LineShape]
    public var arity: Arity
    public var prompt: PromptSpec?
    public var result: ResultSpec?
    /// Final result codes beyond `OK`, `ERROR`, `+CME ERROR` and `+CMS ERROR`: `CONNECT` of a dial.
    public var finals: [Final]
    /// Unsolicited lines that end this exchange at once, such as `+CMQTTCONNLOST: 0`.
    public var failOn: [LineShape]
    /// The module's own limit plus margin; counted from the write, the wire time of data is added.
    public var maximum: Duration
    /// Held from the write until the result: two exchanges on one lane never overlap.
    public var lanes: Lanes
    /// Lanes this command may enter although a zombie holds them (DISC, REL, STOP).
    public var clears: Lanes
    /// Applied when the command succeeds.
    public var effects: [Effect]
    public var repeatable: Repeatable
    /// Fields of this command's information lines that no record or error may show, by index and label: the password
    /// in the answer to `AT+CMQTTCONNECT?`.
    public var secretFields: [SecretField]
    /// The same where lines of several commands answer one: `AT+CMQTTCONNECT?;+CSQ`.
    public var secretLines: [SecretLine] = []

    public init(
        information: [LineShape] = [],
        arity: Arity = .none,
        prompt: PromptSpec? = nil,
        result: ResultSpec? = nil,
        finals: [Final] = [],
        failOn: [LineShape] = [],
        maximum: Duration = .seconds(9),
        lanes: Lanes = [],
        clears: Lanes = [],
        effects: [Effect] = [],
        repeatable: Repeatable = .unknownOutcome,
        secretFields: [SecretField] = []
    ) {
        self.information = information
        self.arity = arity
        self.prompt = prompt
        self.result = result
        self.finals = finals
        self.failOn = failOn
        self.maximum = maximum
        self.lanes = lanes
        self.clears = clears
        self.effects = effects
        self.repeatable = repeatable
        self.secretFields = secretFields
    }

    /// A field of an information line that is replaced by `*` wherever it would be shown.
    public struct SecretField: Equatable, Sendable {
        public var index: Int
        public var label: String

        public init(_ index: Int, label: String) {
            self.index = index
            self.label = label
        }
    }

    /// The information lines of a command that shows secrets.
    public struct SecretLine: Equatable, Sendable {
        /// `+CMQTTCONNECT`
        public var prefix: [UInt8]
        public var fields: [SecretField]

        public init(_ prefix: String, _ fields: [SecretField]) {
            self.prefix = Array(prefix.utf8)
            self.fields = fields
        }
    }

    /// How many information lines an answer has.
    public enum Arity: Equatable, Sendable { case none, one, many }

    /// Whether a caller may send the command again after an unknown outcome. Advice; the engine never repeats.
    public enum Repeatable: Equatable, Sendable { case safe, unknownOutcome }

    public enum Effect: Equatable, Sendable {
        case echo(Bool)
        case verbose(Bool)
        case restart
    }

    /// A further final result code, compared with the whole line or with its beginning.
    public struct Final: Equatable, Sendable {
        public enum Match: Equatable, Sendable { case exact, prefix }
        public enum Meaning: Equatable, Sendable { case success, failure }

        public var text: [UInt8]
        public var match: Match
        public var meaning: Meaning

        public init(_ text: String, match: Match = .exact, meaning: Meaning) {
            self.text = Array(text.utf8)
            self.match = match
            self.meaning = meaning
        }
    }
}

/// Resources of the module on which only one exchange may be open, such as an MQTT client.
public struct Lanes: OptionSet, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Lane of client index 0 or 1.
    public static func client(_ index: Int) -> Lanes { Lanes(rawValue: 1 << UInt8(truncatingIfNeeded: index & 7)) }
    public static let bothClients: Lanes = [.client(0), .client(1)]
}

/// A command that asks for data with `>`.
public struct PromptSpec: Equatable, Sendable {
    /// How long the module may take to prompt before the data phase counts as stalled.
    public var patience: Duration
    public var padding: Padding

    public init(patience: Duration = .seconds(5), padding: Padding = .harmless) {
        self.patience = patience
        self.padding = padding
    }

    /// What is left in the module when a data phase had to be filled up with spaces.
    public enum Padding: Equatable, Sendable {
        /// Replaced by the next use.
        case harmless
        /// Undone by this command line; `includesData`: the command itself prompts, and the padded bytes are its data.
        case undo(line: [UInt8], includesData: Bool)
    }
}

/// The line that tells how an accepted command went, such as `+CMQTTPUB: 0,0`.
public struct ResultSpec: Equatable, Sendable {
    /// What kind of code `code` indexes: chooses the table of names and hints, and the script's error kind.
    public enum Domain: String, Equatable, Sendable { case mqtt = "CMQTT", network = "NETOPEN", time = "CNTP", other }

    public var shape: LineShape
    /// Index of the field that must equal `keyValue`, the command's own client index.
    public var key: Int?
    public var keyValue: Int?
    /// Index of the result code; 0 is success.
    public var code: Int
    public var domain: Domain
    public var orders: ResultOrders

    public init(
        shape: LineShape,
        key: Int? = nil,
        keyValue: Int? = nil,
        code: Int,
        domain: Domain = .mqtt,
        orders: ResultOrders = .all
    ) {
        self.shape = shape
        self.key = key
        self.keyValue = keyValue
        self.code = code
        self.domain = domain
        self.orders = orders
    }
}

/// The orders in which a final result code and an asynchronous result may come.
public struct ResultOrders: OptionSet, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `OK`, then the result.
    public static let okThenResult = ResultOrders(rawValue: 1 << 0)
    /// The result, then `OK`.
    public static let resultThenOK = ResultOrders(rawValue: 1 << 1)
    /// The result, then `ERROR`.
    public static let resultThenError = ResultOrders(rawValue: 1 << 2)
    /// `ERROR`, then the result, within the tail window.
    public static let errorThenResult = ResultOrders(rawValue: 1 << 3)
    /// `ERROR` alone.
    public static let errorAlone = ResultOrders(rawValue: 1 << 4)

    public static let all: ResultOrders = [
        .okThenResult, .resultThenOK, .resultThenError, .errorThenResult, .errorAlone,
    ]
}
