internal import A7600
internal import ATProtocol

/// The commands of `moonwire at`, each with its data, checked before a port is opened.
struct CommandList {
    private(set) var commands: [Command] = []

    /// - Parameters:
    ///   - lines: as typed; empty ones count for nothing.
    ///   - data: for the commands that ask for some and have none on their line, in order: text, or `@` and a file.
    /// - Throws: `CommandFailure` of status `usage` that names the line.
    init(lines: [String], data: [String], profile: Profile) throws(CommandFailure) {
        var data = data[...]
        for line in lines {
            switch ConsoleInput(line, profile: profile) {
            case .nothing: break
            case .command(let command): commands.append(command)
            case .refused(let reason): throw CommandFailure(.usage, "\(line): \(reason)")
            case .directive, .lua:
                throw CommandFailure(.usage, "\(line): no AT command; moonwire console takes lines with a colon")
            case .needsData(let command, let count):
                guard let given = data.popFirst() else {
                    throw CommandFailure(
                        .usage,
                        "\(command) needs \(count) bytes of data: add --data TEXT or --data @FILE, or write '\(command) > TEXT'"
                    )
                }
                commands.append(try Self.command(command, given, count, profile))
            }
        }
        if let unused = data.first {
            throw CommandFailure(.usage, "--data \(unused): no command is left that asks for data")
        }
        if commands.isEmpty { throw CommandFailure(.usage, "no command given; try moonwire at AT+CSQ") }
    }

    private static func command(
        _ line: String,
        _ given: String,
        _ count: Int,
        _ profile: Profile
    ) throws(CommandFailure) -> Command {
        if given.first == "@" {
            let content = try InputFile.read(String(given.dropFirst()), as: "data file")
            do throws(ArgumentFault) {
                return try Catalogue.command(line: line, data: content, profile: profile, checking: .framingOnly)
            } catch {
                throw CommandFailure(.usage, "\(error)")
            }
        }
        switch ConsoleInput(line, data: given, count: count, profile: profile) {
        case .command(let command): return command
        case .refused(let reason): throw CommandFailure(.usage, "\(line): \(reason)")
        case .nothing, .needsData, .directive, .lua:
            throw CommandFailure(.usage, "\(line): takes no data")
        }
    }
}
