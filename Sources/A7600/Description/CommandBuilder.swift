import ATProtocol

/// Turns a form and its arguments into a command, or says which parameter is wrong. Both the typed builders and the
/// reader of raw lines end here, so there is one place that checks.
struct CommandBuilder {
    let description: CommandDescription
    let form: Form
    let profile: Profile

    private var command: String { "AT\(description.name)" }

    /// Writes the line itself.
    func command(_ arguments: [Argument], data: [UInt8]?, utf8: DataPart.UTF8Check) throws(ArgumentFault) -> Command {
        var line = Array("AT\(description.name)".utf8)
        var ranges: [Range<Int>] = []
        switch form.kind {
        case .execute: break
        case .read: line.append(ASCII.question)
        case .test: line += [ASCII.equals, ASCII.question]
        case .write:
            line.append(ASCII.equals)
            for (index, argument) in arguments.enumerated() {
                if index > 0 { line.append(ASCII.comma) }
                let start = line.count
                line += argument.wire
                if case .string = argument {
                    ranges.append((start + 1)..<(line.count - 1))
                } else {
                    ranges.append(start..<line.count)
                }
            }
        }
        let tokens = zip(arguments, ranges).map { ArgumentLexer.Token(argument: $0, range: $1) }
        return try command(line: line, tokens: tokens, data: data, utf8: utf8, checking: .strict)
    }

    /// Takes the line as it was written.
    func command(
        line: [UInt8],
        tokens: [ArgumentLexer.Token],
        data: [UInt8]?,
        utf8: DataPart.UTF8Check,
        checking: Catalogue.Checking
    ) throws(ArgumentFault) -> Command {
        let arguments = tokens.map(\.argument)
        if checking == .strict { try check(arguments) }
        let named = Arguments(arguments, for: form.parameters)
        try check(data, declared: named, utf8: utf8, checking: checking)
        var spec = form.answer(named, profile)
        if data != nil, spec.prompt == nil { spec.prompt = PromptSpec() }
        if data == nil { spec.prompt = nil }
        return Command(line: line, data: data, secrets: secrets(tokens, data: data), spec: spec)
    }

    private func check(_ arguments: [Argument]) throws(ArgumentFault) {
        guard arguments.count <= form.parameters.count else {
            throw fault("parameters", value: String(arguments.count), allowed: "at most \(form.parameters.count)")
        }
        for (index, parameter) in form.parameters.enumerated() {
            guard index < arguments.count || parameter.presence == .required else { break }
            let argument = index < arguments.count ? arguments[index] : .omitted
            if argument == .omitted {
                guard parameter.presence == .skippable, index < arguments.count - 1 else {
                    throw fault(parameter.name, value: "missing", allowed: parameter.domain.text(for: profile))
                }
                continue
            }
            do throws(Domain.Refusal) {
                try parameter.domain.check(argument, unquoted: profile.unquotedStrings, profile: profile)
            } catch {
                let value = parameter.secret == nil ? error.value : Self.masked(argument)
                throw fault(parameter.name, value: value, allowed: error.allowed)
            }
        }
    }

    /// A fault must not give a secret away, but the number of its bytes helps.
    private static func masked(_ argument: Argument) -> String {
        switch argument {
        case .string(let bytes), .word(let bytes): "a secret of \(bytes.count) bytes"
        case .integer, .omitted: "a secret without quotes"
        }
    }

    /// The announced number of bytes is a matter of framing: the module takes what follows as data, or the rest of
    /// the data as commands. So it is checked always.
    private func check(
        _ data: [UInt8]?,
        declared arguments: Arguments,
        utf8: DataPart.UTF8Check,
        checking: Catalogue.Checking
    ) throws(ArgumentFault) {
        guard let part = form.data else {
            guard let data else { return }
            throw fault("data", value: "\(data.count) bytes", allowed: "none")
        }
        guard let length = arguments.integer(part.lengthParameter) else {
            guard data == nil else { throw fault("data", value: "given", allowed: "none without a length") }
            return
        }
        guard let data else {
            if checking == .framingOnly, !takes(length, part.lengthParameter) { return }
            throw fault("data", value: "missing", allowed: "\(length) bytes")
        }
        guard data.count == length else {
            let allowed = "\(data.count), the number of data bytes"
            throw fault(part.lengthParameter, value: String(length), allowed: allowed)
        }
        guard checking == .strict else { return }
        do throws(Domain.Refusal) {
            try part.check(data, utf8: utf8)
        } catch {
            throw fault("data", value: part.secret == nil ? error.value : "a secret", allowed: error.allowed)
        }
    }

    private func takes(_ length: Int, _ name: String) -> Bool {
        guard let parameter = form.parameters.first(where: { $0.name == name }),
            case .integer(let ranges) = parameter.domain.resolved(for: profile)
        else { return false }
        return ranges.contains { $0.contains(length) }
    }

    private func secrets(_ tokens: [ArgumentLexer.Token], data: [UInt8]?) -> [Secret] {
        var secrets = zip(form.parameters, tokens).compactMap { parameter, token in
            parameter.secret.flatMap { label in
                token.range.isEmpty ? nil : Secret(part: .line, range: token.range, label: label)
            }
        }
        // Behind the last described parameter of a command with secrets nothing can be known to be harmless.
        if let label = form.parameters.lazy.compactMap(\.secret).last {
            secrets += tokens.dropFirst(form.parameters.count).filter { !$0.range.isEmpty }
                .map { Secret(part: .line, range: $0.range, label: label) }
        }
        if let label = form.data?.secret, let data, !data.isEmpty {
            secrets.append(Secret(part: .data, range: 0..<data.count, label: label))
        }
        return secrets
    }

    private func fault(_ parameter: String, value: String, allowed: String) -> ArgumentFault {
        ArgumentFault(command: command, parameter: parameter, value: value, allowed: allowed)
    }
}
