import Glibc
import Subprocess

/// The built program, run as an operator would.
enum Moonwire {
    struct Outcome: Sendable {
        var status: Int32?
        var output: String
        var errors: String
    }

    /// `MOONWIRE_BINARY`, else the debug build beside the tests.
    static var path: String {
        if let path = getenv("MOONWIRE_BINARY") { return String(cString: path) }
        return Project.folder + "/.build/debug/moonwire"
    }

    static func run(
        _ arguments: [String],
        environment: [Environment.Key: String] = [:],
        input: String = "",
        in folder: TemporaryFolder
    ) async throws -> Outcome {
        let result = try await Subprocess.run(
            .name("env"),
            arguments: Arguments([path] + arguments),
            environment: .inherit.updating(folder.environment.merging(environment) { _, new in new }),
            input: .string(input),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        return Outcome(
            status: status(result.terminationStatus),
            output: result.standardOutput,
            errors: result.standardError
        )
    }

    /// Runs the program while `body` reads what it prints on standard output and may send it signals.
    static func whileRunning<Result: Sendable>(
        _ arguments: [String],
        in folder: TemporaryFolder,
        _ body: (RunningProgram) async throws -> Result
    ) async throws -> (result: Result, outcome: Outcome) {
        let outcome = try await Subprocess.run(
            .name("env"),
            arguments: Arguments([path] + arguments),
            environment: .inherit.updating(folder.environment),
            input: .none,
            output: .sequence,
            error: .string(limit: 1 << 20)
        ) { execution in
            let program = RunningProgram(execution.standardOutput.strings(), execution.processIdentifier.value)
            let result = try await body(program)
            let rest = try await program.rest()
            return (result, rest)
        }
        return (
            outcome.closureResult.0,
            Outcome(
                status: status(outcome.terminationStatus),
                output: outcome.closureResult.1,
                errors: outcome.standardError
            )
        )
    }

    private static func status(_ status: TerminationStatus) -> Int32? {
        if case .exited(let code) = status { return code }
        return nil
    }
}

/// A program that runs, with what it has printed so far.
final class RunningProgram {
    let processID: pid_t
    private var iterator: SubprocessOutputSequence.StringSequence<UTF8>.AsyncIterator
    private(set) var lines: [String] = []

    init(_ lines: SubprocessOutputSequence.StringSequence<UTF8>, _ processID: pid_t) {
        iterator = lines.makeAsyncIterator()
        self.processID = processID
    }

    /// Waits for a line that contains `text`.
    func line(containing text: String) async throws -> String {
        if let line = lines.first(where: { $0.contains(text) }) { return line }
        while let line = try await iterator.next() {
            lines.append(line)
            if line.contains(text) { return line }
        }
        throw Missing(text: text, lines: lines)
    }

    func send(_ signal: Int32) {
        kill(processID, signal)
    }

    func rest() async throws -> String {
        while let line = try await iterator.next() { lines.append(line) }
        return lines.joined(separator: "\n")
    }

    struct Missing: Error, CustomStringConvertible {
        var text: String
        var lines: [String]
        var description: String { "no line with \"\(text)\" in:\n\(lines.joined(separator: "\n"))" }
    }
}
