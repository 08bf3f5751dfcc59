internal import ArgumentParser
internal import Glibc

/// `moonwire init`: a folder to write scripts in.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a starting script, and what editors need to complete and check scripts.",
        usage: "moonwire init [<options>] <folder>",
        discussion: """
            DIR gets main.lua, a script that runs as it is; .luarc.json and types/moonwire.lua, from which editors with \
            the Lua language server (sumneko) know every function, option and result. The folder is made when it is \
            absent.

              moonwire init bench
              moonwire run bench/main.lua
              moonwire check bench/main.lua
              moonwire init --types bench        (types/moonwire.lua again, after an update of moonwire)

            A file that is there already is never overwritten: nothing is written then, and the exit status is 2.
            """
    )

    @Argument(help: "The folder.", completion: .directory)
    var folder: String

    @Flag(help: "Write types/moonwire.lua alone, over the one that is there.")
    var types = false

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let starter = StarterFolder(path: folder)
        let written = types ? try starter.renewTypes() : try starter.write()
        if output.json {
            let object: JSONValue = [
                "folder": .string(folder), "written": .array(written.map { .string($0) }),
            ]
            StandardOutput.write(object.text + "\n")
        } else if !output.quiet {
            for path in written { StandardOutput.write("wrote \(path)\n") }
            if !types { StandardOutput.write("next: moonwire run \(starter.mainScript)\n") }
        }
    }
}
