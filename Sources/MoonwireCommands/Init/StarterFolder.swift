internal import Glibc
internal import LuaRuntime
internal import ModemScripting

/// The folder that `moonwire init` makes: all of its files, or none.
struct StarterFolder {
    let path: String

    private struct File {
        var name: String
        var content: String
    }

    var mainScript: String { path(of: "main.lua") }

    private static let typesName = "types/moonwire.lua"

    private static let settings = """
        {
          "$schema": "https://raw.githubusercontent.com/LuaLS/vscode-lua/master/setting/schema.json",
          "runtime.version": "Lua 5.4",
          "workspace.library": ["types"],
          "diagnostics.disable": ["lowercase-global"]
        }

        """

    /// The stubs, from the binding table.
    static var types: String {
        LuaStubs.text(
            ScriptAPI.reference,
            header: [
                "Written by moonwire \(Version.number), script API \(Version.scriptAPI), for editors; no script loads it.",
                "After an update of moonwire: moonwire init --types DIR",
            ]
        )
    }

    /// - Returns: the paths of what was written.
    /// - Throws: `CommandFailure` of status `usage`, with nothing written, when a file is there already.
    func write() throws(CommandFailure) -> [String] {
        let files = [
            File(name: "main.lua", content: StarterScript.source),
            File(name: ".luarc.json", content: Self.settings),
            File(name: Self.typesName, content: Self.types),
        ]
        for file in files where isTaken(path(of: file.name)) {
            throw CommandFailure(
                .usage,
                "\(path(of: file.name)) is there already, nothing was written "
                    + "(choose another folder, move the file away, or renew the types alone: moonwire init --types \(path))"
            )
        }
        return try write(files)
    }

    /// Writes the stubs alone, over those that are there.
    func renewTypes() throws(CommandFailure) -> [String] {
        try write([File(name: Self.typesName, content: Self.types)])
    }

    /// Takes back what was written when a later file cannot be.
    private func write(_ files: [File]) throws(CommandFailure) -> [String] {
        let isNew = !isTaken(path)
        let hadTypes = isTaken(path(of: "types"))
        var written: [String] = []
        do throws(CommandFailure) {
            try make(path)
            try make(path(of: "types"))
            for file in files {
                try OutputFile.write(file.content, to: path(of: file.name))
                written.append(path(of: file.name))
                chmod(path(of: file.name), 0o644)
            }
        } catch {
            for path in written { unlink(path) }
            if !hadTypes { rmdir(path(of: "types")) }
            if isNew { rmdir(path) }
            throw error
        }
        return written
    }

    private func path(of name: String) -> String {
        path.hasSuffix("/") ? path + name : path + "/" + name
    }

    /// A dangling link counts: whoever made it wants something there.
    private func isTaken(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Makes the last part of the path; the ones before it have to be there.
    private func make(_ folder: String) throws(CommandFailure) {
        guard mkdir(folder, 0o755) != 0 else { return }
        let problem = errno
        var status = stat()
        if problem == EEXIST {
            if stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
            throw CommandFailure(.usage, "\(folder) is there and is no folder (choose another name)")
        }
        throw CommandFailure(.usage, "cannot make the folder \(folder): \(systemMessage(problem))")
    }
}
