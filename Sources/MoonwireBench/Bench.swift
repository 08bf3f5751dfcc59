/// The Swift clients of `scripts/bench`. Each subcommand prints lines `name,value…`; the script makes sense of them.
@main
enum Bench {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            switch arguments.first {
            case "turns": try await Turns(arguments.dropFirst()).run()
            case "storm": try await Storm(arguments.dropFirst()).run()
            case "core": try CoreSpeed(arguments.dropFirst()).run()
            case "allocations": try CoreAllocations().run()
            case "many": try await ManyModems(arguments.dropFirst()).run()
            case "lua": try await LuaScripts(arguments.dropFirst()).run()
            case "lua-messages": try await LuaMessages(arguments.dropFirst()).run()
            case "lua-rows": try await LuaRows(arguments.dropFirst()).run()
            default: throw BenchFailure("turns | storm | core | allocations | many | lua | lua-messages | lua-rows")
            }
        } catch {
            complain("moonwire-bench: \(error)")
        }
    }
}
