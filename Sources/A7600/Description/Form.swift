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

    var fewest: Int { parameters.filter { $0.presence == .required }.count }

    /// Whether so many arguments of these kinds can be meant for this form. Values are not looked at, but the keyword.
    func fits(_ arguments: [Argument], profile: Profile) -> Bool {
        guard (fewest...parameters.count).contains(arguments.count), isNamed(by: arguments) else { return false }
        return zip(parameters, arguments).allSatisfy { parameter, argument in
            switch (parameter.domain.resolved(for: profile), argument) {
            case (.integer, .integer), (.string, .string), (.hexadecimal, .word), (.any, _): true
            case (.keyword(let words), .string(let bytes)): words.contains { Array($0.utf8) == bytes }
            case (.string, .word): profile.unquotedStrings == .accepted
            case (_, .omitted): parameter.presence == .optional
            case (.integer, _), (.string, _), (.keyword, _), (.hexadecimal, _), (.profile, _): false
            }
        }
    }

    func isNamed(by arguments: [Argument]) -> Bool {
        guard let keyword else { return true }
        return arguments.first == .text(keyword)
    }
}
