internal import A7600
internal import ATProtocol
internal import LuaRuntime

/// What to do about a command that failed, for those who do not know the numbers.
enum CommandAdvice {
    /// One line each; empty when there is nothing to add to the module's words.
    static func lines(for failure: ATFailure, profile: Profile) -> [String] {
        // The line of the result has its causes beside it.
        if case .result(.mqtt, let code) = failure.code {
            return [ResultCode(rawValue: code).advice].filter { !$0.isEmpty }
        }
        if let hint = Hints.advice(for: failure.code) { return failure.text?.hasSuffix(hint) == true ? [] : [hint] }
        guard failure.code == .error else { return [] }
        return wording(of: failure.command, profile)
    }

    /// `ERROR` tells nothing: how the command is written, or which one may have been meant.
    private static func wording(_ typed: Substring, _ profile: Profile) -> [String] {
        let name = String(typed.prefix { $0 != "=" && $0 != "?" })
        guard let command = Catalogue.description(named: name) else {
            let known = Catalogue.commands.map(\.name)
            guard let meant = Suggestion.nearest(to: name, among: known) else { return [] }
            return ["no AT\(name) is known here; was AT\(meant) meant?"]
        }
        let usage = command.usage(profile: profile)
        guard !usage.isEmpty else { return ["AT\(name) is not known to the profile \(profile.name)"] }
        return ["a wrong parameter, or not possible now; it is written " + usage.joined(separator: "  ")]
    }

    private static func wording(of line: String, _ profile: Profile) -> [String] {
        let upper = line.uppercased()
        guard upper.hasPrefix("AT"), !upper.contains(";") else { return [] }
        return wording(upper.dropFirst(2), profile)
    }
}
