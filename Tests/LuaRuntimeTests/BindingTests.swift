import LuaRuntime
import Synchronization
import Testing

/// Host functions, objects and events as bindings use them.
@Suite struct BindingTests {
    /// Counts its releases; its methods cover every kind of call.
    final class Client: LuaObject {
        let releases = Atomic<Int>(0)
        let closes = Atomic<Int>(0)
        let name: String

        init(_ name: String) {
            self.name = name
        }

        var luaClass: LuaClass { Self.luaClass }

        func luaReleased() {
            releases.add(1, ordering: .relaxed)
        }

        static let luaClass = LuaClass(
            "client",
            "A client.",
            methods: [
                .synchronous("publish", LuaDocumentation("Publishes.")) { call throws(LuaFailure) in
                    let arguments = try call.arguments
                    let options = try arguments.options(1, known: ["qos", "timeout", "retain"])
                    _ = try options.duration("timeout")
                    let qos = try options.integer("qos", in: 0...2) ?? 0
                    try call.push([.string(try arguments.bytes(0)), .integer(qos)])
                }
            ],
            properties: [
                .init("name", "string", "Its name.") { object throws(LuaFailure) in
                    .text((object as? Client)?.name ?? "?")
                }
            ],
            close: .waiting("close", LuaDocumentation("Disconnects.")) { call, completion in
                (call.receiver as? Client)?.closes.add(1, ordering: .relaxed)
                completion.succeed()
                return nil
            },
            call: .waiting("next", LuaDocumentation("Counts to three.")) { call, completion in
                let last = call.arguments[1].integer ?? 0
                completion.succeed([last < 3 ? .integer(last + 1) : .nil])
                return nil
            }
        )
    }

    private func module(_ client: Client, _ functions: [LuaFunction] = []) -> LuaModule {
        LuaModule(
            "test",
            "Bindings under test.",
            placement: .globals,
            functions: functions + [
                .synchronous("connect", LuaDocumentation("A handle.")) { call throws(LuaFailure) in
                    try call.push(.object(client))
                },
                .synchronous("iterate", LuaDocumentation("An iterator.")) { call throws(LuaFailure) in
                    try call.push([.object(client), .nil, .nil, .object(client)])
                },
            ]
        )
    }

    private func lua(_ source: String, _ client: Client = Client("c"), _ functions: [LuaFunction] = []) async -> Run {
        await LuaRuntimeTests.lua(source) { program in
            program.modules = [module(client, functions)]
            program.limits.deadline = .seconds(20)
        }
    }

    @Test func methodsPropertiesAndIteratorsWork() async {
        let run = await lua(
            """
            local c = connect()
            print(c:publish("up", { qos = 1 })) print(c.name, c == connect(), tostring(c):match("^client"))
            for i in iterate() do io.write(i, " ") end
            """
        )
        #expect(run.text == "up\t1\nc\ttrue\tclient\n1 2 3 ", "\(run.outcome)")
    }

    @Test(arguments: [
        ("connect():pubish('x')", "client has no 'pubish' (did you mean 'publish'?)"),
        ("connect():publish()", "bad argument #1 to 'publish' (string expected, got no value)"),
        ("connect():publish({})", "bad argument #1 to 'publish' (string expected, got table)"),
        (
            "connect():publish('x', { timout = 1 })",
            "bad argument #2 to 'publish' (unknown option 'timout' (did you mean 'timeout'?))"
        ),
        (
            "connect():publish('x', { timeout = 90000 })",
            "bad argument #2 to 'publish' (option 'timeout': 90000 is more than a day; timeouts are in seconds)"
        ),
        ("connect():publish('x', { qos = 3 })", "bad argument #2 to 'publish' (option 'qos': 3 is not in 0…2)"),
        ("connect().publish('x')", "calling 'publish' on a bad receiver (write object:publish, with a colon)"),
        ("connect().name = 'y'", "client cannot be changed by assignment"),
        (
            "local t = {chain = {1}} t.chain[2] = t connect():publish(t)",
            "bad argument #1 to 'publish' (table contains itself at .chain[2])"
        ),
        ("connect():publish(print)", "bad argument #1 to 'publish' (a function cannot be given to the host)"),
        ("local c <close> = connect() getmetatable(c).__index = 1", "attempt to index a boolean value"),
    ])
    func mistakesReadWell(_ source: String, _ message: String) async {
        let run = await lua("local x = 1\n" + source)
        #expect(run.failure?.description == "test.lua:2: " + message)
    }

    @Test func aHandleClosesWithItsScopeAndIsReleasedOnce() async {
        let client = Client("c")
        let run = await lua(
            """
            local kept
            do local c <close> = connect() kept = c end
            print(pcall(kept.publish, kept, "x"))
            """,
            client
        )
        #expect(run.text == "false\ttest.lua:3: 'publish' on a closed object\n", "\(run.outcome)")
        #expect(client.closes.load(ordering: .relaxed) == 1)
        #expect(client.releases.load(ordering: .relaxed) == 1)
    }

    @Test func handlesLeftBehindAreReleasedAtTheEnd() async {
        let client = Client("c")
        let run = await lua("local keep = {} for i = 1, 100 do keep[i] = connect() end", client)
        #expect(run.isFinished && client.releases.load(ordering: .relaxed) == 1)
        #expect(run.records.isEmpty)
    }

    @Test func anAsyncFunctionIsCancelledWithItsTask() async {
        let wasCancelled = Mutex(false)
        let slow = LuaFunction.async("slow", LuaDocumentation("Never ends by itself.")) { _ in
            try await withTaskCancellationHandler {
                try await Task.sleep(for: .seconds(3600))
            } onCancel: {
                wasCancelled.withLock { $0 = true }
            }
            return []
        }
        let run = await lua(
            "print(pcall(task.scope, function() slow() end, { timeout = 0.01, name = 'slow' }))",
            Client("c"),
            [slow]
        )
        #expect(wasCancelled.withLock { $0 })
        #expect(run.text == "false\ttest.lua:1: slow timed out\n", "\(run.outcome)")
    }

    @Test func thrownErrorsOfAsyncFunctionsBecomeErrorObjects() async {
        struct Odd: Error {}
        let functions: [LuaFunction] = [
            .async("failing", LuaDocumentation("Fails.")) { _ in
                throw LuaFailure(.mqtt, "handshake fail", code: 32, name: "handshake fail", hint: "check the CA")
            },
            .async("odd", LuaDocumentation("Fails oddly.")) { _ in throw Odd() },
        ]
        let run = await lua(
            "local ok, e = pcall(failing) print(e.kind, e.code, e.hint, e) print(select(2, pcall(odd)).kind)",
            Client("c"),
            functions
        )
        #expect(run.text == "mqtt\t32\tcheck the CA\ttest.lua:1: handshake fail\ninternal\n", "\(run.outcome)")
    }

    @Test func aCompletionAndTheEventBehindItKeepTheirOrder() async {
        let port = Mutex<(LuaEventPort, LuaSubscription)?>(nil)
        let functions: [LuaFunction] = [
            .synchronous("on", LuaDocumentation("Subscribes."), options: [.callbacks]) { call throws(LuaFailure) in
                let subscription = call.host.subscribe(try call.arguments.function(0), name: "urc", queueLimit: 4000)
                let made = call.host.makePort(named: "session")
                port.withLock { $0 = (made, subscription) }
            },
            .waiting("command", LuaDocumentation("OK, and a URC right behind.")) { call, completion in
                guard let (port, subscription) = port.withLock({ $0 }) else { return nil }
                port.post(.complete(completion, .success(["OK"])))
                port.post(.deliver(subscription, [call.arguments[0]]))
                return nil
            },
        ]
        let run = await lua(
            """
            local seen = {}
            on(function(n) seen[#seen + 1] = "urc " .. n end)
            for i = 1, 1000 do local result = command(i) seen[#seen + 1] = result .. " " .. i end
            time.sleep(0.001)
            for i = 1, 1000 do
              assert(seen[2 * i - 1] == "OK " .. i, seen[2 * i - 1])
              assert(seen[2 * i] == "urc " .. i, seen[2 * i])
            end
            print(#seen)
            """,
            Client("c"),
            functions
        )
        #expect(run.text == "2000\n", "\(run.outcome)")
    }

    @Test func lateAndDoubleCompletionsAreCountedAndDropped() async {
        let functions: [LuaFunction] = [
            .waiting("twice", LuaDocumentation("Completes twice.")) { _, completion in
                completion.succeed([1])
                completion.succeed([2])
                return nil
            }
        ]
        let run = await lua("print(twice()) time.sleep(0.001)", Client("c"), functions)
        #expect(run.text == "1\n")
        #expect(run.outcome.usage.lateCompletions == 1)
    }

    @Test func anErrorInAHandlerFailsTheRunUnlessItIsLogged() async {
        func on(_ policy: LuaSubscription.ErrorPolicy) -> LuaFunction {
            .synchronous("on", LuaDocumentation("Subscribes and delivers."), options: [.callbacks]) {
                call throws(LuaFailure) in
                let subscription = call.host.subscribe(try call.arguments.function(0), name: "urc", onError: policy)
                call.host.defaultPort.post(.deliver(subscription, [1]))
                call.host.defaultPort.post(.deliver(subscription, [2]))
            }
        }
        let source = "on(function(n) error('handler ' .. n) end) time.sleep(0.02) print('end')"
        let failed = await lua(source, Client("c"), [on(.failRun)])
        #expect(failed.failure?.message == "handler 1" && failed.text.isEmpty, "\(failed.outcome)")
        let logged = await lua(source, Client("c"), [on(.log)])
        #expect(logged.text == "end\n" && logged.records.filter { $0.level == .error }.count == 2)
    }

    @Test func aPreludeBuildsStepsOnHostCallbacks() async {
        let log = Mutex<[String]>([])
        let report: @Sendable (String) -> LuaFunction = { name in
            .synchronous(name, LuaDocumentation("Reports.")) { call throws(LuaFailure) in
                let words = try call.arguments.values.map(\.shown).joined(separator: " ")
                log.withLock { $0.append("\(name) \(words)") }
            }
        }
        let module = LuaModule(
            "steps",
            "Steps.",
            placement: .globals,
            prelude: LuaPrelude(
                source: """
                    local host, vm = ...
                    local function finish(name, ok, ...)
                        host.finish(name, ok)
                        if not ok then vm.raise(...) end
                        return ...
                    end
                    return { step = function(name, fn, options)
                        host.begin(name, vm.where(1))
                        return finish(name, vm.try(vm.scope, fn, { timeout = options and options.timeout, name = name }))
                    end }
                    """,
                hostFunctions: [report("begin"), report("finish")],
                documentation: [:]
            )
        )
        let run = await LuaRuntimeTests.lua(
            "print(step('one', function() time.sleep(0.001) return 7 end))\nstep('two', function() error('broken') end)"
        ) { $0.modules = [module] }
        #expect(run.text == "7\n")
        #expect(run.failure?.location == "test.lua:2" && run.failure?.message == "broken")
        #expect(
            log.withLock { $0 } == [
                "begin one test.lua:1", "finish one true", "begin two test.lua:2", "finish two false",
            ]
        )
    }
}
