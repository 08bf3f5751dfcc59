import ATProtocol

/// One way to write a command: `AT+CMQTTDISC?`, or `AT+CMQTTDISC=<client>,<timeout>`.
public struct Form: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// `AT+X`.
        case execute
        /// `AT+X?`.
        case read
        /// `AT+X=?`.
        case test
        /// `AT+X=…`.
        case write
    }

    public var kind: Kind
    public var parameters: [Parameter]
    public var data: DataPart?
    /// The value of the first parameter that tells this form from its siblings (CMQTTCFG, CSSLCFG).
    public var keyword: String?
    /// Whether a firmware has this form.
    var isOffered: @Sendable (Profile) -> Bool
    /// How the module answers.
    var answer: @Sendable (Arguments, Profile) -> CommandSpec

    init(
        _ kind: Kind,
        _ parameters: [Parameter] = [],
        data: DataPart? = nil,
        isOffered: @escaping @Sendable (Profile) -> Bool = { _ in true },
        keyword: String? = nil,
        answer: @escaping @Sendable (Arguments, Profile) -> CommandSpec
    ) {
        self.kind = kind
        self.parameters = parameters
        self.data = data
        self.keyword = keyword
        self.isOffered = isOffered
        self.answer = answer
    }

    init(_ kind: Kind, _ parameters: [Parameter] = [], data: DataPart? = nil, answer: CommandSpec) {
        self.init(kind, parameters, data: data) { _, _ in answer }
    }

    public func isOffered(by profile: Profile) -> Bool { isOffered(profile) }

    var fewest: Int { parameters.count { $0.presence == .required } }

    /// Whether so many arguments of these kinds can be meant for this form. Values are not looked at, but the keyword.
    func fits(_ arguments: [Argument], profile: Profile) -> Bool {
        guard (fewest...parameters.count).contains(arguments.count), isNamed(by: arguments) else { return false }
        return zip(parameters, arguments).allSatisfy { parameter, argument in
            if case .keyword(let words) = parameter.domain.resolved(for: profile), keyword == nil {
                return words.contains { argument == .text($0) }
            }
            return parameter.mayBe(argument, profile: profile)
        }
    }

    /// Whether the first argument, if any, is of the kind this form begins with.
    func beginsLike(_ arguments: [Argument], profile: Profile) -> Bool {
        guard let parameter = parameters.first, let argument = arguments.first else { return parameters.isEmpty }
        return parameter.mayBe(argument, profile: profile)
    }

    func isNamed(by arguments: [Argument]) -> Bool {
        guard let keyword else { return true }
        return arguments.first == .text(keyword)
    }
}
