import Testing

/// A serial log of a real module: `> x` to the module, `< x` from it, `< >` the prompt, `# …` a remark.
struct Transcript: Sendable, CustomTestStringConvertible {
    let name: String
    let steps: [Step]
    /// What the engine has to make of it, a line each: how each command went, and what came unasked.
    let meaning: [String]
    var testDescription: String { name }

    /// A command and what came until the next one. The first step has no command.
    struct Step: Sendable {
        var line: String?
        /// As shown; the number in the command says how many bytes there were.
        var data: String?
        var answer: [Item] = []
    }

    enum Item: Sendable, Equatable {
        case line(String)
        case prompt
    }

    init(_ name: String, _ text: String, meaning: String) {
        self.name = name
        self.meaning = meaning.split(separator: "\n").map(String.init)
        var steps = [Step()]
        var prompted = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let addition = Self.missing[line] {
                steps[steps.count - 1].answer.append(.line(addition))
            } else if line == "< >" {
                steps[steps.count - 1].answer.append(.prompt)
                prompted = true
            } else if line.hasPrefix("< ") {
                steps[steps.count - 1].answer.append(.line(String(line.dropFirst(2))))
                prompted = false
            } else if line.hasPrefix("> "), prompted {
                steps[steps.count - 1].data = String(line.dropFirst(2))
                prompted = false
            } else if line.hasPrefix("> ") {
                steps.append(Step(line: String(line.dropFirst(2))))
            }
        }
        self.steps = steps
    }

    /// What the authors of two logs lost, after the remark that says so.
    private static let missing = [
        "# OK of CMQTTSTART is missing in the paste": "OK",
        "# cut here by the host buffer; the last byte of the answer shows up as \"0\" before the next echo": "OK",
    ]

    /// Whether the log shows the echo of its commands.
    var showsEcho: Bool {
        steps.contains { step in step.line.map { step.answer.contains(.line($0)) } ?? false }
    }
}
