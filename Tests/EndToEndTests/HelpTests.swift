import Foundation
import Testing

/// What every command promises in its help, read from what the parser knows.
@Suite struct HelpTests {
    struct Command: Sendable {
        var path: String
        var abstract: String
        var discussion: String
        /// `--name`, or the name of a positional, with its explanation.
        var arguments: [String: String]

        /// The commands it shows, each as its words after `moonwire`.
        var examples: [[String]] {
            discussion.split(separator: "\n").filter { $0.hasPrefix("  moonwire ") }.map { line in
                line.split(separator: " ").dropFirst().map(String.init)
            }
        }
    }

    private static func commands() async throws -> [Command] {
        try await TemporaryFolder.with { folder in
            let dump = try await Moonwire.run(["--experimental-dump-help"], in: folder).output
            let tool = try JSONSerialization.jsonObject(with: Data(dump.utf8)) as? [String: Any]
            let root = try #require(tool?["command"] as? [String: Any])
            return leaves(of: root, path: [])
        }
    }

    private static func leaves(of node: [String: Any], path: [String]) -> [Command] {
        let children = (node["subcommands"] as? [[String: Any]] ?? []).filter { $0["commandName"] as? String != "help" }
        guard children.isEmpty else {
            return children.flatMap { leaves(of: $0, path: path + [$0["commandName"] as? String ?? ""]) }
        }
        var arguments: [String: String] = [:]
        for argument in node["arguments"] as? [[String: Any]] ?? [] {
            let long = (argument["names"] as? [[String: String]])?.first { $0["kind"] == "long" }?["name"]
            let name = long.map { "--" + $0 } ?? argument["valueName"] as? String ?? "?"
            arguments[name] = argument["abstract"] as? String ?? ""
        }
        return [
            Command(
                path: path.joined(separator: " "),
                abstract: node["abstract"] as? String ?? "",
                discussion: node["discussion"] as? String ?? "",
                arguments: arguments
            )
        ]
    }

    @Test func `every command says in a sentence what it does, and shows how it is used`() async throws {
        let commands = try await Self.commands()
        #expect(commands.count >= 8)
        for command in commands {
            #expect(command.abstract.hasSuffix("."), "\(command.path): \(command.abstract)")
            let own = command.examples.filter { $0.joined(separator: " ").hasPrefix(command.path) }
            #expect(!own.isEmpty, "\(command.path) shows no example of itself")
        }
    }

    @Test func `every option and argument is explained in a sentence, and every command has --json`() async throws {
        for command in try await Self.commands() {
            #expect(command.arguments["--json"] != nil, "\(command.path) has no --json")
            for (name, text) in command.arguments {
                #expect(text.hasSuffix("."), "\(command.path) \(name): \(text)")
            }
        }
    }

    @Test func `the examples use options that their command has`() async throws {
        let commands = try await Self.commands()
        for command in commands {
            for example in command.examples {
                let line = example.joined(separator: " ")
                let meant = try #require(commands.first { line.hasPrefix($0.path + " ") || line == $0.path }, "\(line)")
                for word in example.prefix(while: { $0 != "--" && $0 != "#" }) where word.hasPrefix("--") {
                    let name = String(word.prefix { $0 != "=" })
                    #expect(meant.arguments[name] != nil, "\(command.path) shows \(line)")
                }
            }
        }
    }

    @Test func `help fits a terminal of 80 columns`() async throws {
        for command in try await Self.commands() {
            try await TemporaryFolder.with { folder in
                let help = try await Moonwire.run(
                    command.path.split(separator: " ").map(String.init) + ["--help"],
                    in: folder
                )
                #expect(help.status == 0)
                for line in help.output.split(separator: "\n") where line.count > 80 {
                    Issue.record("\(command.path): \(line)")
                }
            }
        }
    }
}
