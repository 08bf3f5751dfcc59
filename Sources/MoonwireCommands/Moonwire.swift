internal import ArgumentParser

/// The command tree's root.
struct Moonwire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moonwire",
        abstract: "Runs Lua scripts against cellular modems.",
        discussion: """
            With no modem given or found, scripts run against a simulated A7600 and a private MQTT broker:

              moonwire run examples/mqtt-plain.lua

            Exit status: 0 pass, 1 a check or modem command failed, 2 usage, 3 script error, 4 port or modem not found, \
            5 port busy, 6 timeout, 7 aborted, 75 try again later, 130 and 143 ended by a signal.
            """,
        version: Version.text,
        subcommands: [
            Run.self, At.self, Console.self, Scan.self, Sim.self, Replay.self, Trace.self, Check.self, Doc.self,
            Init.self,
        ]
    )
}
