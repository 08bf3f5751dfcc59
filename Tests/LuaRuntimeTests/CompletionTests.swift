import Synchronization
import Testing

@testable import LuaRuntime

/// Completions that come too late, twice, or for a wait that never was: only the counter moves, in whatever order they
/// come and by whatever way.
@Suite struct CompletionTests {
    /// How a completion reaches the VM.
    enum Way: CaseIterable, Sendable {
        /// On the VM's own thread, inside a call of the script.
        case call
        /// Through a port, as a session's events do.
        case port
        /// From another thread.
        case thread
    }

    /// Completions by the name of the wait they belong to.
    private final class Held: Sendable {
        private let state = Mutex((completions: [String: LuaCompletion](), count: 0))

        /// How many waits began.
        var count: Int { state.withLock { $0.count } }

        func keep(_ completion: LuaCompletion, as name: String) {
            state.withLock { state in
                state.completions[name] = completion
                state.count += 1
            }
        }

        func take(_ names: [String]) -> [(LuaCompletion, String)] {
            state.withLock { held in names.compactMap { name in held.completions[name].map { ($0, name) } } }
        }
    }

    private func module(_ way: Way, _ held: Held) -> LuaModule {
        LuaModule(
            "test",
            "Waits whose completions are kept.",
            placement: .globals,
            functions: [
                .waiting("hold", LuaDocumentation("Waits until its name is completed.")) { call, completion in
                    held.keep(completion, as: call.arguments[0].text ?? "")
                    return nil
                },
                .synchronous("holds", LuaDocumentation("How many waits began.")) { call throws(LuaFailure) in
                    try call.push(.integer(held.count))
                },
                .synchronous("complete", LuaDocumentation("Completes these, in order.")) { call throws(LuaFailure) in
                    let names = try call.arguments.table(0).items.compactMap(\.text)
                    let port = call.host.makePort(named: "test")
                    let due = held.take(names)
                    switch way {
                    case .call:
                        for (completion, name) in due { completion.succeed([.text(name)]) }
                    case .port:
                        for (completion, name) in due { port.post(.complete(completion, .success([.text(name)]))) }
                    case .thread:
                        Task.detached { for (completion, name) in due { completion.succeed([.text(name)]) } }
                    }
                },
            ]
        )
    }

    /// A wait of an ended task whose slot was taken again, one that was cancelled, one answered before, an earlier one of
    /// the same task, and the live one twice: every order of them.
    @Test(arguments: Way.allCases)
    func onlyTheLiveWaitIsEndedInEveryOrder(_ way: Way) async {
        let held = Held()
        let run = await lua(
            """
            local count = 0
            local function try(order)
              count = count + 1
              task.scope(function(s)
                local ended = s:spawn(function() hold("ended") end)
                local cancelled = s:spawn(function() hold("cancelled") end)
                while holds() < 6 * count - 4 do time.sleep(0) end
                complete { "ended" }
                cancelled:cancel()
                ended:join()
                local live = s:spawn(function()
                  assert(hold("earlier") == "earlier")
                  return hold("live")
                end)
                local other = s:spawn(function() assert(hold("answered") == "answered") return hold("other") end)
                while holds() < 6 * count - 2 do time.sleep(0) end
                complete { "earlier", "answered" }
                while holds() < 6 * count do time.sleep(0) end
                complete(order)
                assert(live:join() == "live")
                assert(other.state == "waiting", "another wait was ended")
                complete { "other" }
                assert(other:join() == "other")
              end)
            end
            local function permute(order, n)
              if n == 1 then return try(order) end
              for i = 1, n do
                order[i], order[n] = order[n], order[i]
                permute(order, n - 1)
                order[i], order[n] = order[n], order[i]
              end
            end
            permute({ "ended", "cancelled", "answered", "earlier", "live", "live" }, 6)
            return count
            """
        ) { program in
            program.modules = [module(way, held)]
        }
        guard case .finished(let values) = run.outcome.ending else {
            Issue.record("\(run.outcome)")
            return
        }
        #expect(values == [720])
        #expect(run.outcome.usage.lateCompletions == 720 * 5)
    }

    /// Tags no wait ever had: a slot that is not there, another generation, another sequence.
    @Test func forgedCompletionsAreDropped() async {
        let forged = LuaFunction.waiting("forged", LuaDocumentation("Is answered wrongly, then rightly.")) {
            call,
            completion in
            let tag = completion.tag
            let tags = [
                LuaCompletion.Tag(task: tag.task | 0xffff, sequence: tag.sequence),
                LuaCompletion.Tag(task: tag.task ^ 1 << 32, sequence: tag.sequence),
                LuaCompletion.Tag(task: .max, sequence: .max),
                LuaCompletion.Tag(task: tag.task, sequence: tag.sequence &- 1),
                LuaCompletion.Tag(task: tag.task, sequence: tag.sequence + 1),
            ]
            for tag in tags {
                LuaCompletion(tag: tag, host: call.host).succeed(["forged"])
                LuaCompletion(tag: tag, host: call.host).fail(LuaFailure(.internal, "forged"))
            }
            completion.succeed(["right"])
            return nil
        }
        let run = await lua("for i = 1, 100 do assert(forged() == 'right') end") { program in
            program.modules = [LuaModule("test", "Forgery.", placement: .globals, functions: [forged])]
        }
        #expect(run.isFinished, "\(run.outcome)")
        #expect(run.outcome.usage.lateCompletions == 1000)
    }

    /// A kept call stays as it was, though the engine uses calls again.
    @Test func aCallThatIsKeptKeepsItsArguments() async {
        let kept = Mutex<[LuaCall]>([])
        let functions: [LuaFunction] = [
            .waiting("keep", LuaDocumentation("Keeps every third call.")) { call, completion in
                if call.arguments[0].integer.map({ $0 % 3 == 0 }) ?? false { kept.withLock { $0.append(call) } }
                completion.succeed(call.arguments.values)
                return nil
            }
        ]
        let run = await lua(
            """
            for i = 1, 300 do
              local a, b, c = keep(i, "text " .. i)
              assert(a == i and b == "text " .. i and c == nil)
              assert(select("#", keep(i + 1)) == 1)
            end
            """
        ) { program in
            program.modules = [LuaModule("test", "Calls.", placement: .globals, functions: functions)]
        }
        #expect(run.isFinished, "\(run.outcome)")
        let calls = kept.withLock { $0 }
        #expect(calls.count == 200)
        for call in calls {
            let number = call.arguments[0].integer ?? 0
            let expected: [LuaValue] =
                call.arguments.count == 1 ? [.integer(number)] : [.integer(number), .text("text \(number)")]
            #expect(call.arguments.values == expected && number % 3 == 0)
        }
    }

    /// A task whose waits are all answered at once leaves the others their turn.
    @Test func answersAtOnceDoNotStarveOtherTasks() async {
        let at = LuaFunction.waiting("now", LuaDocumentation("Is answered at once.")) { _, completion in
            completion.succeed()
            return nil
        }
        let run = await lua(
            """
            local stop, turns, waits = false, 0, 0
            task.scope(function(s)
              s:spawn(function() while not stop do now() waits = waits + 1 end end)
              for i = 1, 5 do time.sleep(0) turns = turns + 1 end
              stop = true
            end)
            assert(turns == 5 and waits > 0, waits)
            """
        ) { program in
            program.limits.deadline = .seconds(20)
            program.modules = [LuaModule("test", "Waits.", placement: .globals, functions: [at])]
        }
        #expect(run.isFinished, "\(run.outcome)")
    }
}
