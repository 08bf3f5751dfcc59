internal import ArgumentParser
internal import LuaRuntime
internal import ModemScripting
internal import ScriptCheck

/// `moonwire check`: mistakes in scripts, found without a modem.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find mistakes in scripts without running them; opens no port.",
        usage: "moonwire check [<options>] <scripts> ...",
        discussion: """
            Found are: text that is no Lua, undeclared globals, functions, methods, fields and options that are \
            misspelt, constant arguments of a wrong type or out of range, command lines that no \
            module would take, stock functions that scripts do not have, and modules that are not there. Modules that \
            are there are checked too.

              moonwire check provision.lua
              moonwire check --module-path lib bench/*.lua
              moonwire check --json provision.lua

            One line each, provision.lua:12: what is wrong (what to do), on standard output.
            Exit status: 0 nothing is wrong, 2 something is, or a script cannot be read.
            """
    )

    @Argument(help: "The Lua scripts.", completion: .file(extensions: ["lua"]))
    var scripts: [String]

    @Option(help: ArgumentHelp("A further folder for require, after the script's own.", valueName: "dir"))
    var modulePath: [String] = []

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let check = ScriptCheck(
            ScriptAPI.reference,
            version: ScriptAPI.version,
            modulePaths: modulePath,
            refusal: { CommandLineRefusal.reason(line: $0, data: $1) },
            read: Self.content
        )
        var isClean = true
        for script in scripts {
            do throws(CommandFailure) {
                let problems = check.problems(of: try InputFile.read(script, as: "script"), path: script)
                show(problems, of: script)
                if !problems.isEmpty { isClean = false }
            } catch {
                // The others are looked at all the same.
                StandardError.say("moonwire: \(error.message)")
                isClean = false
            }
        }
        if !isClean { throw ExitStatus.usage }
    }

    private func show(_ problems: [Problem], of script: String) {
        if output.json {
            for problem in problems { StandardOutput.write(Self.json(problem).text + "\n") }
            let end: JSONValue = [
                "event": "end", "script": .string(script), "problems": .integer(Int128(problems.count)),
            ]
            StandardOutput.write(end.text + "\n")
        } else if !problems.isEmpty {
            StandardOutput.write(problems.map { $0.description + "\n" }.joined())
        } else if !output.quiet {
            StandardOutput.write("\(script): no problems\n")
        }
    }

    private static func json(_ problem: Problem) -> JSONValue {
        [
            "event": "problem", "file": .string(problem.file), "line": .integer(Int128(problem.line)),
            "kind": .string(problem.kind.rawValue), "text": .string(problem.text), "advice": .string(problem.advice),
        ]
    }

    /// Nil: there is no such file, or it cannot be read.
    private static func content(_ path: String) -> [UInt8]? {
        do throws(CommandFailure) {
            return try InputFile.read(path, as: "module")
        } catch {
            return nil
        }
    }
}
