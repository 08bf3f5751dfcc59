import LuaRuntime
import Testing

/// Memory stays flat, however long a script runs.
@Suite struct EnduranceTests {
    private func peak(_ source: String) async -> Int {
        let modem = TestModem()
        let run = await lua(source) { program in
            program.modules = [modem.module]
            program.limits.burst = .seconds(60)
        }
        #expect(run.isFinished, "\(run.outcome)")
        return run.outcome.usage.peakMemory
    }

    @Test(arguments: [
        "for i = 1, %d do local s = time.now() end",
        "for i = 1, %d do modem:at('AT') end",
        "for i = 1, %d do modem:subscribe(function() end):close() time.sleep(0) end",
        "for i = 1, %d do task.scope(function(s) s:spawn(function() end) end) end",
    ])
    func memoryDoesNotGrowWithTheCount(_ source: String) async {
        // Enough for the collector to find its pace; from then on the count must not matter.
        let few = await peak(source.replacing("%d", with: "5000"))
        let many = await peak(source.replacing("%d", with: "20000"))
        #expect(many < few + few / 2, "\(few) → \(many)")
    }

    @Test func aBootedVMIsSmall() async {
        let run = await lua("")
        #expect(run.outcome.usage.memory < 64 << 10, "\(run.outcome.usage)")
    }

    @Test func aThousandParkedTasksAreCheap() async {
        let run = await lua(
            "task.scope(function(s) for i = 1, 1000 do s:spawn(function() time.sleep('1h') end) end time.sleep(0.05) end)"
        ) { $0.limits.tasks = 2000 }
        #expect(run.isFinished, "\(run.outcome)")
        #expect(run.outcome.usage.peakMemory < 4 << 20, "\(run.outcome.usage)")
    }
}
