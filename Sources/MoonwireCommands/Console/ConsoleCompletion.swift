internal import A7600

/// What the completion key does to a line.
struct ConsoleCompletion: Equatable, Sendable {
    /// Goes in at the cursor.
    var insertion = ""
    /// What is possible, each with a word of help: shown above the line being typed.
    var choices: [Choice] = []

    struct Choice: Equatable, Sendable {
        var text: String
        var help: String
    }

    /// Whole lines; empty without choices.
    var listing: String {
        let limit = 40
        guard !choices.isEmpty else { return "" }
        let width = min(44, choices.prefix(limit).map(\.text.count).max() ?? 0)
        var text = ""
        for choice in choices.prefix(limit) {
            let pad = String(repeating: " ", count: max(0, width - choice.text.count))
            text += choice.help.isEmpty ? "\(choice.text)\n" : "\(choice.text)\(pad)  \(choice.help)\n"
        }
        if choices.count > limit { text += "… \(choices.count - limit) more\n" }
        return text
    }
}

extension ConsoleCompletion {
    /// For a line of which `text` stands before the cursor.
    static func of(_ text: String, profile: Profile) -> ConsoleCompletion {
        if text.first == ":" { return directive(text) }
        guard text.utf8.count >= 2 else {
            return "AT".hasPrefix(text.uppercased())
                ? ConsoleCompletion(insertion: String("AT".dropFirst(text.count))) : ConsoleCompletion()
        }
        guard text.uppercased().hasPrefix("AT") else { return ConsoleCompletion() }
        let part = lastCommand(of: text.dropFirst(2))
        guard let mark = part.firstIndex(of: "=") else { return name(String(part), profile) }
        guard let description = Catalogue.description(named: String(part[..<mark])) else { return ConsoleCompletion() }
        return parameter(of: description, typed: fields(part[part.index(after: mark)...]), profile)
    }

    private static func directive(_ text: String) -> ConsoleCompletion {
        let fitting = ConsoleDirective.list.filter { $0.text.hasPrefix(text) && $0.text != ":…" }
        return ConsoleCompletion(
            insertion: String(commonStart(of: fitting.map(\.text)).dropFirst(text.count)),
            choices: fitting.count > 1 ? fitting : []
        )
    }

    /// What stands behind the last semicolon outside quotes.
    private static func lastCommand(of text: Substring) -> Substring {
        var quoted = false
        var start = text.startIndex
        for index in text.indices {
            if text[index] == "\"" { quoted.toggle() }
            if text[index] == ";", !quoted { start = text.index(after: index) }
        }
        return text[start...]
    }

    /// Arguments so far, split at commas outside quotes; the last is the one being typed.
    private static func fields(_ text: Substring) -> [Substring] {
        var quoted = false
        return text.split(omittingEmptySubsequences: false) { character in
            if character == "\"" { quoted.toggle() }
            return character == "," && !quoted
        }
    }

    private static func name(_ typed: String, _ profile: Profile) -> ConsoleCompletion {
        let upper = typed.uppercased()
        let fitting = Catalogue.commands.filter { command in
            command.name.hasPrefix(upper) && command.forms.contains { $0.isOffered(by: profile) }
        }
        let more = commonStart(of: fitting.map(\.name)).dropFirst(upper.count)
        guard more.isEmpty else { return ConsoleCompletion(insertion: String(more)) }
        let usage = fitting.first { $0.name == upper }?.usage(profile: profile) ?? []
        return ConsoleCompletion(choices: fitting.map(about) + usage.map { Choice(text: "  \($0)", help: "") })
    }

    private static func about(_ command: CommandDescription) -> Choice {
        Choice(text: "AT\(command.name)", help: command.summary)
    }

    private static func parameter(
        of command: CommandDescription,
        typed: [Substring],
        _ profile: Profile
    ) -> ConsoleCompletion {
        let forms = command.forms.filter {
            $0.kind == .write && $0.isOffered(by: profile) && $0.takes(typed.dropLast(), profile)
        }
        let index = typed.count - 1
        let current = typed[index]
        var choices: [Choice] = []
        var words: [String] = []
        for form in forms where index < form.parameters.count {
            let parameter = form.parameters[index]
            var fitting = [Choice(parameter, profile)]
            if case .keyword(let keywords) = parameter.domain.settled(for: profile) {
                let tail = index + 1 < form.parameters.count ? "," : ""
                let known = form.keyword.map { index == 0 ? [$0] : keywords } ?? keywords
                let quoted = known.map { "\"\($0)\"" }.filter { $0.hasPrefix(current) }
                words += quoted.map { $0 + tail }
                fitting = quoted.map { Choice(text: $0, help: parameter.help) }
            }
            choices += fitting.filter { !choices.contains($0) }
        }
        let more = commonStart(of: words).dropFirst(current.count)
        guard more.isEmpty else { return ConsoleCompletion(insertion: String(more)) }
        return ConsoleCompletion(choices: choices.isEmpty ? end(of: command, forms, profile) : choices)
    }

    /// Behind the last parameter: what happens when the line is sent as it is.
    private static func end(of command: CommandDescription, _ forms: [Form], _ profile: Profile) -> [Choice] {
        guard !forms.isEmpty else { return command.usage(profile: profile).map { Choice(text: $0, help: "") } }
        return [Choice(text: "AT\(command.name)", help: "takes no more parameters")]
    }

    /// The longest text that all begin with; empty for none.
    private static func commonStart(of texts: [String]) -> String {
        guard let first = texts.first else { return "" }
        return texts.dropFirst().reduce(first) { common, text in
            String(zip(common, text).prefix { $0 == $1 }.map(\.0))
        }
    }
}

extension ConsoleCompletion.Choice {
    fileprivate init(_ parameter: Parameter, _ profile: Profile) {
        let mark = parameter.presence == .required ? "" : "  (may be left out)"
        self.init(
            text: "<\(parameter.name)>  \(parameter.domain.text(for: profile))",
            help: parameter.help + mark
        )
    }
}

extension Form {
    /// Whether the keywords among the arguments typed so far are this form's.
    fileprivate func takes(_ typed: ArraySlice<Substring>, _ profile: Profile) -> Bool {
        if let keyword, let first = typed.first, first != "\"\(keyword)\"" { return false }
        return zip(parameters, typed).allSatisfy { parameter, text in
            guard case .keyword(let words) = parameter.domain.settled(for: profile) else { return true }
            return words.contains { "\"\($0)\"" == text }
        }
    }
}

extension Domain {
    /// Without the cases that depend on the firmware.
    fileprivate func settled(for profile: Profile) -> Domain {
        guard case .profile(let choose) = self else { return self }
        return choose(profile).settled(for: profile)
    }
}
