internal import ArgumentParser
internal import Glibc

/// The program's entry: parses, runs the chosen command, and turns whatever it throws into words and an exit status.
public enum MoonwireMain {
    public static func run(_ arguments: [String] = Array(CommandLine.arguments.dropFirst())) async -> Never {
        // A peer that goes away is an error of the write, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        let status = await execute(arguments)
        exit(status.rawValue)
    }

    static func execute(_ arguments: [String]) async -> ExitStatus {
        do {
            var command = try Moonwire.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return .pass
        } catch let status as ExitStatus {
            return status
        } catch {
            return CommandFailure(error).map(say) ?? explain(error)
        }
    }

    private static func say(_ failure: CommandFailure) -> ExitStatus {
        StandardError.say("moonwire: \(failure.message)")
        return failure.status
    }

    /// Help and version are no errors; everything else the parser says is a usage error.
    private static func explain(_ error: any Error) -> ExitStatus {
        let isUsageError = Moonwire.exitCode(for: error) != .success
        let text = Moonwire.fullMessage(for: error)
        if !text.isEmpty {
            if isUsageError { StandardError.say(text) } else { StandardOutput.write(text + "\n") }
        }
        return isUsageError ? .usage : .pass
    }
}
