internal import ArgumentParser
internal import LuaRuntime

/// What a script is given.
struct ScriptOptions: ParsableArguments {
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("A value for the script: params.KEY; may be repeated.", valueName: "key=value")
    )
    var settings: [String] = []

    @Option(
        help: ArgumentHelp("A JSON object with values for the script's params; --set comes on top.", valueName: "file")
    )
    var params: String?

    @Option(help: ArgumentHelp("A folder the script may read; its own folder always is.", valueName: "dir"))
    var allowRead: [String] = []

    @Option(help: ArgumentHelp("A folder the script may write; grants no reading.", valueName: "dir"))
    var allowWrite: [String] = []

    @Option(help: ArgumentHelp("An environment variable the script may read.", valueName: "name"))
    var allowEnv: [String] = []

    @Option(help: ArgumentHelp("A further folder for require, after the script's own.", valueName: "dir"))
    var modulePath: [String] = []

    @Argument(parsing: .postTerminator, help: "Arguments for the script, after --; they stand in the table arg.")
    var arguments: [String] = []

    var grants: LuaGrants {
        LuaGrants(read: allowRead, write: allowWrite, environment: Set(allowEnv))
    }
}
