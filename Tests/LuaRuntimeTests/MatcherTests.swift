import Foundation
import LuaRuntime
import Testing

/// The counted matcher against the stock one: the same script under this runtime and under `lua5.4`, line by line.
@Suite struct MatcherTests {
    /// Patterns and subjects from a generator of its own, so that both sides make the same ones.
    private static let script = """
        local state = 20240517
        local function random(n)
          state = (state * 1103515245 + 12345) % 2147483648
          return state // 65536 % n + 1
        end
        local pieces = { "a", "b", "ab", ".", "%a", "%d", "%s", "%w", "%p", "[ab]", "[^a]", "[%d_]", "[a-c]", "[]]",
          "%b()", "%f[%w]", "(", ")", "()", "%1", "^", "$", "%", "[", "%.", "x", "\\0", "[^%s]" }
        local suffixes = { "", "", "", "*", "+", "-", "?" }
        local letters = { "a", "b", "c", "x", "1", "_", " ", "(", ")", ".", "]", "\\0", "\\n", "\\xff" }
        local function make(parts, count, suffix)
          local text = {}
          for i = 1, random(count) do
            text[i] = parts[random(#parts)] .. (suffix and suffix[random(#suffix)] or "")
          end
          return table.concat(text)
        end
        local function show(...)
          local shown = table.pack(...)
          for i = 1, shown.n do
            local value = shown[i]
            shown[i] = type(value) == "string" and ("%q"):format(value:gsub("^[^ ]-:%d+: ", "")) or tostring(value)
          end
          print(table.concat(shown, " "))
        end
        for i = 1, 6000 do
          local pattern, subject = make(pieces, 5, suffixes), make(letters, 12)
          local start = random(16) - 4
          show(i, pcall(string.find, subject, pattern, start))
          show(pcall(string.match, subject, pattern, start))
          show(pcall(string.gsub, subject, pattern, "<%0>", random(3)))
          show(pcall(function()
            local all = {}
            for a, b in subject:gmatch(pattern) do
              all[#all + 1] = tostring(a) .. "," .. tostring(b)
              if #all > 30 then break end
            end
            return table.concat(all, ";")
          end))
        end
        """

    @Test func randomPairsGiveWhatTheStockFunctionsGive() async throws {
        let run = await lua(Self.script) { $0.limits.output = 64 << 20 }
        #expect(run.isFinished, "\(run.outcome)")
        let stock = try Self.stock(Self.script)
        let ours = run.text.split(separator: "\n", omittingEmptySubsequences: false)
        let theirs = stock.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(ours.count == theirs.count && ours.count > 24_000)
        let different = zip(ours, theirs).filter { $0 != $1 }.prefix(5).map { "\($0) instead of \($1)" }
        #expect(different.isEmpty, "\(different)")
    }

    private static func stock(_ script: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["lua5.4", "-"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(script.utf8))
        try input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self)
    }
}
