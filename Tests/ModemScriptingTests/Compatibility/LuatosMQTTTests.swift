import LuaRuntime
import ModemScripting
import ModemSimulator
import Testing

/// MQTT as LuatOS scripts use it.
@Suite struct LuatosMQTTTests {
    private static func run(_ source: String) async throws -> ScriptBench.Result {
        try await ScriptBench().run(
            "require 'compat.luatos'\n" + source + "\nsys.run()\nprint(modem.mqtt:state().service)"
        )
    }

    @Test func aClientConnectsSubscribesPublishesAndReceives() async throws {
        let result = try await Self.run(
            """
            local mqttc = mqtt.create(nil, "broker.example", 1883)
            mqttc:auth("unit-001", "user", "password")
            mqttc:keepalive(30)
            mqttc:will("state", "gone", 1)
            mqttc:on(function(client, event, data, payload)
                if event == "conack" then
                    client:subscribe("down/#", 1)
                    client:subscribe({ ["a/1"] = 1, ["b/1"] = 0 })
                end
                sys.publish(event, data, payload)
            end)
            mqttc:connect()
            sys.taskInit(function()
                print(sys.waitUntil("conack", 10000))
                print(mqttc:ready(), mqttc:state() == mqtt.STATE_READY)
                local id = mqttc:publish("down/x", "hello", 1)
                print(sys.waitUntil("recv", 10000))
                mqttc:disconnect()
                print(sys.waitUntil("disconnect", 10000))
                print(mqttc:ready(), mqttc:publish("down/x", "late"))
                mqttc:close()
            end)
            sys.taskInit(function() print(math.type(select(2, sys.waitUntil("sent", 10000)))) end)
            """
        )
        #expect(result.report.failure == nil)
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.prefix(2) == ["true\tnil\tnil", "true\ttrue"])
        #expect(Set(lines.dropFirst(2).prefix(2)) == ["integer", "true\tdown/x\thello"])
        #expect(lines.dropFirst(4) == ["true\tnil\tnil", "false\tnil", "stopped"])
    }

    @Test func whatWasAskedIsDoneBeforeTheClientIsClosed() async throws {
        let result = try await Self.run(
            """
            local mqttc = mqtt.create(nil, "broker.example", 1883)
            mqttc:auth("a")
            mqttc:on(function(client, event)
                if event == "conack" then
                    for i = 1, 20 do client:publish("n", tostring(i), 1) end
                    client:close()
                end
            end)
            mqttc:connect()
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.broker.received.map { String(decoding: $0.payload, as: UTF8.self) } == (1...20).map(String.init))
        #expect(result.output == "stopped\n")
    }

    @Test func aLostConnectionIsToldAndMadeAnew() async throws {
        let result = try await Self.run(
            """
            local mqttc = mqtt.create(nil, "broker.example", 1883)
            mqttc:auth("a")
            mqttc:autoreconn(true, 20)
            local connections = 0
            mqttc:on(function(client, event)
                print(event)
                if event == "conack" then
                    connections = connections + 1
                    sys.publish("connected", connections)
                end
            end)
            mqttc:connect()
            sys.taskInit(function()
                sys.waitUntil("connected", 10000)
                modem:at "AT+CFUN=4"
                modem:at "AT+CFUN=1"
                while connections < 2 do sys.waitUntil("connected", 100) end
                mqttc:close()
            end)
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output.hasPrefix("conack\ndisconnect\n"))
        #expect(result.output.hasSuffix("conack\nstopped\n"))
    }

    @Test func withoutReconnectingTheScriptConnectsAgain() async throws {
        let result = try await Self.run(
            """
            local mqttc = mqtt.create(nil, "broker.example", 1883)
            mqttc:auth("a")
            local connections = 0
            mqttc:on(function(client, event)
                print(event)
                if event == "disconnect" and connections == 1 then client:connect() end
                if event == "conack" then
                    connections = connections + 1
                    sys.publish("connected")
                end
            end)
            mqttc:connect()
            sys.taskInit(function()
                sys.waitUntil("connected", 10000)
                modem:at "AT+CFUN=4"
                modem:at "AT+CFUN=1"
                modem:wait_registered()
                while connections < 2 and sys.waitUntil("connected", 100) do end
                if not mqttc:ready() then mqttc:connect() sys.waitUntil("connected", 10000) end
                mqttc:close()
            end)
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output.hasPrefix("conack\ndisconnect\n"))
        #expect(result.output.hasSuffix("conack\nstopped\n"))
    }

    @Test func twoClientsAreThereAndAThirdIsRefused() async throws {
        let result = try await Self.run(
            """
            local list = {}
            for i = 1, 3 do
                list[i] = mqtt.create(nil, "broker.example", 1883)
                list[i]:auth("unit-" .. i)
            end
            list[1]:on(function(client, event, topic, payload)
                if event == "conack" then client:subscribe("x", 1) sys.publish("one") end
                if event == "recv" then print(topic, payload) list[1]:close() list[2]:close() end
            end)
            list[1]:connect()
            list[2]:connect()
            local ok, err = pcall(list[3].connect, list[3])
            print(ok, err.message)
            sys.taskInit(function()
                sys.waitUntil("one", 5000)
                while not list[2]:ready() do sys.wait(1) end
                sys.wait(20)
                list[2]:publish("x", "from two", 1)
            end)
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "false\tthe module has two MQTT clients; close one first\nx\tfrom two\nstopped\n")
    }

    @Test func aClientNeedsItsIdentifier() async throws {
        let result = try await ScriptBench().run(
            "require 'compat.luatos' local c = mqtt.create(nil, 'h', 1883)\nlocal ok, err = pcall(c.connect, c) print(err.kind, err)"
        )
        #expect(result.output == "argument\ttest.lua:2: mqttc:connect needs a client id: mqttc:auth(id) first\n")
    }
}
