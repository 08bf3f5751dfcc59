import Glibc
import LuaRuntime
import Testing

/// Lua's own tests of patterns, strings, tables, sorting and coroutines, with the replaced functions in place.
@Suite struct UpstreamSuiteTests {
    struct File: Sendable, CustomStringConvertible {
        var name: String
        /// Lines that are left out, and why.
        var omitted: [(lines: ClosedRange<Int>, reason: String)] = []

        var description: String { name }
    }

    static let files = [
        File(name: "pm.lua"),
        File(name: "strings.lua", omitted: [(167...168, "io.stdin is absent")]),
        File(
            name: "sort.lua",
            omitted: [
                (162...180, "table.move takes 1,048,576 elements"), (186...188, "the same"),
                (198...199, "table.sort takes 65,536 elements of a table with a metatable"),
            ]
        ),
        File(name: "nextvar.lua", omitted: [(332...355, "io.stdin is absent")]),
        File(
            name: "coroutine.lua",
            omitted: [
                (10...15, "a script never runs in the main thread"), (226...226, "debug.getinfo is absent"),
                (234...234, "the same"), (335...353, "debug.sethook is absent"), (356...357, "debug.getinfo is absent"),
                (411...412, "collectgarbage collects nothing"), (761...761, "a script never runs in the main thread"),
                (800...803, "__concat is refused"), (885...891, "the same"), (938...944, "debug.setupvalue is absent"),
            ]
        ),
    ]

    /// The globals that the files expect: they declare what they like, load by pieces, and collect at will.
    private static let environment = """
        local env = setmetatable({}, { __index = function(_, name) return rawget(_G, name) end })
        env._G, env._port, env._soft, env.print, env.assert = env, true, true, print, assert
        function env.collectgarbage(what) return what == "count" and collectgarbage("count") or 0 end
        function env.load(chunk, name, mode, ...)
          if type(chunk) == "function" then
            local pieces = {}
            for piece in chunk do
              if piece == "" then break end
              pieces[#pieces + 1] = piece
            end
            chunk = table.concat(pieces)
          end
          if select("#", ...) > 0 then return load(chunk, name, mode, ...) end
          return load(chunk, name, mode, env)
        end
        function env.require(name) return rawget(_G, name) end

        """

    @Test(arguments: files)
    func aFileOfTheSuitePasses(_ file: File) async throws {
        var lines = try Self.read(file.name).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (range, _) in file.omitted {
            for line in range { lines[line - 1] = [] }
        }
        if lines[0].first == UInt8(ascii: "#") { lines[0] = [] }
        var source = Array((Self.environment + "local chunk = assert(load([========[\n").utf8)
        source += lines.joined(separator: [UInt8(ascii: "\n")])
        source += Array("]========], \"@\(file.name)\", \"t\", env))\nreturn chunk()".utf8)
        var program = LuaProgram(source: source, name: "suite.lua", output: Recorder())
        program.limits.burst = .seconds(60)
        program.limits.memory = 256 << 20
        let outcome = await LuaVM(program).run()
        guard case .finished = outcome.ending else {
            Issue.record("\(file.name): \(outcome.ending)")
            return
        }
    }

    private static func read(_ name: String) throws -> [UInt8] {
        let root = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
        let file = try #require(fopen("\(root)/UpstreamLua/\(name)", "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 17)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }
}
