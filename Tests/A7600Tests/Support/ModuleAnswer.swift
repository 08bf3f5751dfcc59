import A7600
import Testing

/// What the module says to one command, in the order of the wire; the echo is not part of it.
struct ModuleAnswer: Sendable, CustomTestStringConvertible {
    let line: String
    let profile: Profile
    let data: String?
    /// Lines, or `>` for the prompt.
    let parts: [String]
    var testDescription: String { "\(line) ← \(parts.joined(separator: " ⏎ "))" }

    init(_ line: String, _ parts: [String], data: String? = nil, _ profile: Profile = .a7600) {
        self.line = line
        self.parts = parts
        self.data = data
        self.profile = profile
    }
}
