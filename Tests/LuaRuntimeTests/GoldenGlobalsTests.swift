import Foundation
import LuaRuntime
import Testing

/// Every name a script can reach from `_G` and from the metatables, and the kind of its value. A library that grows a
/// function on an update of the system fails here. To accept a change: run with MOONWIRE_RECORD_GOLDEN=1.
@Suite struct GoldenGlobalsTests {
    private static let script = """
        local lines, seen = {}, {}
        local function keys(t)
          local list = {}
          for k in next, t do list[#list + 1] = k end
          table.sort(list, function(a, b) return tostring(a) < tostring(b) end)
          return list
        end
        local function walk(path, value)
          lines[#lines + 1] = path .. " " .. type(value)
          if type(value) ~= "table" or seen[value] then return end
          seen[value] = true
          for _, k in ipairs(keys(value)) do walk(path .. "." .. tostring(k), value[k]) end
        end
        walk("_G", _G)
        for name, value in next, { string = "", file = json.null, failure = select(2, pcall(json.decode, "")) } do
          lines[#lines + 1] = "metatable of " .. name .. " " .. tostring(getmetatable(value))
        end
        table.sort(lines)
        print(table.concat(lines, "\\n"))
        """

    @Test func theGlobalsAreThoseOfTheList() async throws {
        let run = await lua(Self.script) { $0.arguments = ["one"] }
        #expect(run.isFinished, "\(run.outcome)")
        if ProcessInfo.processInfo.environment["MOONWIRE_RECORD_GOLDEN"] != nil {
            try record(run.text)
        }
        #expect(run.text.split(separator: "\n") == goldenGlobals.split(separator: "\n"))
    }

    private func record(_ text: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "GoldenGlobals.swift")
        let lines = text.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
        let source = """
            /// Written by `GoldenGlobalsTests` when it is told to.
            let goldenGlobals = \"""
            \(lines)
                \"""

            """
        try Data(source.utf8).write(to: file)
    }
}
