import Testing

/// A script that runs for very long takes no more memory than one that runs for a while.
@Suite struct EnduranceTests {
    /// Each activity runs a tenth of its count first: from then on the process may not grow.
    private static let script = """
        local function resident()
          local file <close> = assert(io.open("/proc/self/statm"))
          return tonumber(file:read("a"):match("^%d+ (%d+)")) * 4
        end

        local function steadily(what, count, act)
          for i = 1, count // 10 do act(i) end
          time.sleep(0)
          local before = resident()
          for i = 1, count do act(i) end
          time.sleep(0)
          local grown = resident() - before
          print(("%s: %d times, %d KiB more"):format(what, count, grown))
          check(grown < 4096, what .. " grew by " .. grown .. " KiB")
        end

        -- The limit of computing counts between waits.
        steadily("call", 1000000, function(i) time.monotonic() if i % 20000 == 0 then time.sleep(0) end end)
        steadily("wait", 1000000, function() time.sleep(0) end)
        steadily("subscription", 100000, function(i)
          modem:on("+CREG", function() end):close()
          if i % 1000 == 0 then time.sleep(0) end
        end)
        steadily("subscribed iterator", 20000, function(i)
          for line in modem:urcs("+CREG", { timeout = 0 }) do end
        end)
        steadily("command", 10000, function() modem:at("AT") end)
        steadily("task", 20000, function() task.scope(function(s) s:spawn(function() end) end) end)
        """

    @Test func memoryStaysFlatOverAMillionCallsAndWaits() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("t.lua", Self.script)
            let outcome = try await Moonwire.run(["run", "--allow-read", "/proc/self", script], in: folder)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            for line in ["call: 1000000 times", "wait: 1000000 times", "subscription: 100000 times"] {
                #expect(outcome.output.contains(line), "\(outcome.output)\(outcome.errors)")
            }
        }
    }
}
