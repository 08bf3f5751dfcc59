import LuaSyntax

/// A script or module on its way through the check.
struct CheckedFile {
    let path: String
    /// What keeps it from being looked at further; nil: it was parsed.
    var obstacle: Finding?
    var chunk: Chunk?
    /// Modules that are nowhere.
    var missing: [Finding] = []

    /// As much as the runtime reads of a script or module.
    private static let longest = 256 << 10

    init(_ source: [UInt8], path: String) {
        self.path = path
        guard source.count <= Self.longest else {
            obstacle = Finding(
                line: 1,
                kind: .source,
                text: "the source has \(source.count) bytes",
                advice: "a script or module has at most \(Self.longest): put parts into modules"
            )
            return
        }
        do throws(SyntaxProblem) {
            chunk = try Chunk(parsing: source)
        } catch {
            obstacle = Finding(
                line: error.line,
                kind: .syntax,
                text: error.message,
                advice: error.advice ?? "Lua 5.4 cannot read this"
            )
        }
    }

    /// By line; those of one line in the order they were found.
    func problems(_ findings: [Finding]) -> [Problem] {
        let all = [obstacle].compactMap { $0 } + findings + missing
        let sorted = all.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
        return sorted.map { $0.element.problem(in: path) }
    }
}
