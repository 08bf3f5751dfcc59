import LuaRuntime
import Synchronization

/// What the corpus needs of a modem: something to wait for, a storm of events, and a call that never returns.
final class TestModem: LuaObject {
    let mayReturn = Atomic<Bool>(false)
    let subscription = Mutex<LuaSubscription?>(nil)
    let commands = Atomic<Int>(0)

    var luaClass: LuaClass { Self.luaClass }

    var module: LuaModule {
        LuaModule(
            "modem",
            "A modem for tests.",
            placement: .globals,
            constants: [.init("modem", "modem", "The modem.", .object(self))]
        )
    }

    static let luaClass = LuaClass(
        "modem",
        "A modem for tests.",
        methods: [
            .waiting("at", LuaDocumentation("Answers OK.")) { call, completion in
                do throws(LuaFailure) {
                    let command = try call.arguments.bytes(0)
                    guard !command.contains(0x0d) else { throw call.arguments.failure(0, "a command is one line") }
                    guard command.count < 4096 else { throw call.arguments.failure(0, "the command is too long") }
                    try call.receiver(as: TestModem.self).commands.add(1, ordering: .relaxed)
                    completion.succeed(["OK"])
                } catch {
                    completion.fail(error)
                }
                return nil
            },
            .synchronous("storm", LuaDocumentation("Delivers 1,000 events."), options: [.callbacks]) {
                call throws(LuaFailure) in
                let modem = try call.receiver(as: TestModem.self)
                let host = call.host
                let subscription = host.subscribe(try call.arguments.function(0), name: "storm")
                let port = host.makePort(named: "modem")
                for number in 0..<1000 { port.post(.deliver(subscription, [.integer(number)])) }
                modem.subscription.withLock { $0 = subscription }
            },
            .synchronous("subscribe", LuaDocumentation("A subscription."), options: [.callbacks]) {
                call throws(LuaFailure) in
                let subscription = call.host.subscribe(try call.arguments.function(0), name: "urc")
                try call.push(.object(Subscription(subscription)))
            },
            .synchronous("spin", LuaDocumentation("Does not return until the test says so.")) {
                call throws(LuaFailure) in
                let modem = try call.receiver(as: TestModem.self)
                while !modem.mayReturn.load(ordering: .relaxed) {}
            },
        ]
    )
}

/// A handle of a subscription.
final class Subscription: LuaObject {
    let subscription: LuaSubscription

    init(_ subscription: LuaSubscription) {
        self.subscription = subscription
    }

    var luaClass: LuaClass { Self.luaClass }

    func luaReleased() {
        subscription.close()
    }

    static let luaClass = LuaClass(
        "subscription",
        "A subscription.",
        methods: [
            .synchronous("close", LuaDocumentation("Ends it.")) { call throws(LuaFailure) in
                try call.receiver(as: Subscription.self).subscription.close()
            }
        ]
    )
}
