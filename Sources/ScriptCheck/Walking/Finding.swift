/// A problem, before it has a file.
struct Finding: Sendable, Hashable {
    var line: Int
    var kind: Problem.Kind
    var text: String
    var advice: String

    func problem(in file: String) -> Problem {
        Problem(file: file, line: line, kind: kind, text: text, advice: advice)
    }
}
