public import ATProtocol

/// All commands of the module, for looking up a raw command line and for completion.
public enum Catalogue {
    /// Every command, sorted as in the manual's chapters.
    public static let commands: [CommandDescription] =
        Commands.mqtt + Commands.tls + Commands.certificates + Commands.general

    private static let byName = Dictionary(uniqueKeysWithValues: commands.map { ($0.name, $0) })

    /// - Parameter name: `+CMQTTPUB` or `AT+CMQTTPUB`, in any case.
    public static func description(named name: String) -> CommandDescription? {
        let upper = name.uppercased()
        return byName[upper] ?? (upper.hasPrefix("AT") ? byName[String(upper.dropFirst(2))] : nil)
    }

    /// How much of a raw line is checked.
    public enum Checking: Hashable, Sendable {
        /// Every parameter of a known command.
        case strict
        /// Only what could break framing: control bytes, the line's length, the number of data bytes. For those who
        /// want to see what the module says to a wrong parameter.
        case framingOnly
    }

    /// The command that a raw line stands for, with its answer described and its secrets marked.
    ///
    /// Several commands may be joined, `AT+CREG?;+CSQ`, unless one of them takes data or has an asynchronous result.
    /// A command or form that is not in the catalogue gets a description that takes any line up to the final result
    /// code; the caller may replace its parts. Whether data are UTF-8 is not checked here: it depends on the client's
    /// `checkUTF8`.
    /// - Parameters:
    ///   - line: beginning with `AT`, in any case, without the CR.
    ///   - data: what to write after the prompt; its length must be the one the line declares. Empty: none.
    public static func command(
        line: String,
        data: [UInt8]? = nil,
        profile: Profile = .a7600,
        checking: Checking = .strict
    ) throws(ArgumentFault) -> Command {
        try command(line: Array(line.utf8), data: data, profile: profile, checking: checking)
    }

    /// The same for a line of any bytes.
    public static func command(
        line: [UInt8],
        data: [UInt8]? = nil,
        profile: Profile = .a7600,
        checking: Checking = .strict
    ) throws(ArgumentFault) -> Command {
        let body = try LineRules.body(of: line, profile: profile)
        let data = data?.isEmpty == true ? nil : data
        let parts = CommandLineParser.parts(of: line, in: body)
        guard parts.count > 1 else {
            let part = parts.first ?? CommandLineParser.Part(name: "", kind: .execute, range: body, arguments: nil)
            return try command(for: part, of: line, data: data, profile: profile, checking: checking)
        }
        if let data {
            throw ArgumentFault(
                command: "AT",
                parameter: "data",
                value: "\(data.count) bytes",
                allowed: "none in a joined line"
            )
        }
        var joined: [Command] = []
        for part in parts {
            guard !isPrompting(part) else { throw notAlone(part) }
            let command = try command(for: part, of: line, data: nil, profile: profile, checking: checking)
            guard command.spec.result == nil else { throw notAlone(part) }
            joined.append(command)
        }
        return Command(
            line: line,
            secrets: joined.flatMap(\.secrets),
            spec: CommandSpec(joining: joined.map(\.spec))
        )
    }

    private static func command(
        for part: CommandLineParser.Part,
        of line: [UInt8],
        data: [UInt8]?,
        profile: Profile,
        checking: Checking
    ) throws(ArgumentFault) -> Command {
        guard let description = byName[part.name] else { return undeclared(line, data: data) }
        let forms = description.forms.filter { $0.kind == part.kind && $0.isOffered(by: profile) }
        guard let first = forms.first else { return masked(description, part, of: line, data: data) }
        guard let tokens = part.tokens(of: line) else {
            guard checking == .framingOnly else {
                throw ArgumentFault(
                    command: "AT\(part.name)",
                    parameter: "line",
                    value: "with a missing or stray quote",
                    allowed: "strings as a whole in quotes"
                )
            }
            return masked(description, part, of: line, data: data)
        }
        let arguments = tokens.map(\.argument)
        let fitting = forms.first { $0.fits(arguments, profile: profile) }
        let form = fitting ?? nearest(forms, to: arguments, profile: profile) ?? first
        var command = try CommandBuilder(description: description, form: form, profile: profile)
            .command(line: line, tokens: tokens, data: data, utf8: .off, checking: checking)
        if fitting == nil { command.secrets += masked(description, part, of: line, data: data).secrets }
        return command
    }

    /// The form that a wrong set of arguments most likely meant: the one whose keyword was given, else one that begins
    /// alike with room for so many arguments.
    private static func nearest(_ forms: [Form], to arguments: [Argument], profile: Profile) -> Form? {
        let named = forms.filter { $0.keyword != nil && $0.isNamed(by: arguments) }
        let alike = named.isEmpty ? forms.filter { $0.beginsLike(arguments, profile: profile) } : named
        let candidates = alike.isEmpty ? forms : alike
        return candidates.first { ($0.fewest...$0.parameters.count).contains(arguments.count) } ?? candidates.first
    }

    /// A command nobody has described: any lines, then a final result code.
    static func undeclared(_ line: [UInt8], data: [UInt8]?) -> Command {
        let prompt = data.map { _ in PromptSpec() }
        return Command(
            line: line,
            data: data,
            spec: CommandSpec(information: [.undeclared], arity: .many, prompt: prompt)
        )
    }

    /// A line of a known command that does not fit any of its forms: where a secret may stand, all is secret.
    private static func masked(
        _ description: CommandDescription,
        _ part: CommandLineParser.Part,
        of line: [UInt8],
        data: [UInt8]?
    ) -> Command {
        var command = undeclared(line, data: data)
        let parameters = description.forms.lazy.flatMap(\.parameters)
        if let label = parameters.compactMap(\.secret).first, let range = part.arguments, !range.isEmpty {
            command.secrets.append(Secret(part: .line, range: range, label: label))
        }
        if let label = description.forms.lazy.compactMap({ $0.data?.secret }).first, let data, !data.isEmpty {
            command.secrets.append(Secret(part: .data, range: 0..<data.count, label: label))
        }
        return command
    }

    private static func isPrompting(_ part: CommandLineParser.Part) -> Bool {
        guard part.kind == .write, let forms = byName[part.name]?.forms.filter({ $0.kind == .write }) else {
            return false
        }
        return forms.allSatisfy { $0.data != nil }
    }

    private static func notAlone(_ part: CommandLineParser.Part) -> ArgumentFault {
        ArgumentFault(
            command: "AT\(part.name)",
            parameter: "line",
            value: "joined with other commands",
            allowed: "alone"
        )
    }
}
