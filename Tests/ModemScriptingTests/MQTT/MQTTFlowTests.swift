import A7600
import LuaRuntime
import ModemScripting
import ModemSimulator
import Testing

@Suite struct MQTTFlowTests {
    /// Chapter 3.1 of the manual.
    @Test(arguments: Profile.allNames)
    func theManualsPlainFlowRunsUnderEveryProfile(profile: String) async throws {
        let result = try await ScriptBench(profile: try #require(Profile(name: profile))).run(
            """
            local payload = ("0123456789"):rep(6)
            do
                local client <close> = modem.mqtt:client {
                    id = "client test0", will = { topic = "0123456789", payload = "qwerty", qos = 1 } }
                client:connect { host = "test.mosquitto.org" }
                client:subscribe("simcommsg", { qos = 1 })
                local ack = client:publish("simcommsg", payload, { qos = 1, timeout = 60 })
                print(ack.bytes, ack.qos)
                local msg = client:receive { topic = "simcommsg", timeout = 10 }
                print(msg.topic, msg.payload == payload, msg.complete, msg.client)
                client:subscribe { "123456789", "b/+", qos = 1 }
                client:unsubscribe { "simcommsg", "b/+" }
                client:disconnect { timeout = 120 }
                client:release()
            end
            print(modem.mqtt:state().service)
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "60\t1\nsimcommsg\ttrue\ttrue\t0\nstopped\n")
        #expect(result.report.notes.contains { $0.hasPrefix("60 B qos 1 acknowledged in ") })
    }

    @Test func anyBytesPassWhenUTF8IsNotChecked() async throws {
        let result = try await ScriptBench().run(
            """
            local bytes = {}
            for i = 0, 255 do bytes[#bytes + 1] = string.char(i) end
            local all = table.concat(bytes):rep(40)
            local client <close> = modem.mqtt:client { id = "raw", check_utf8 = false }
            client:connect { host = "broker.example" }
            client:subscribe("\\247\\247\\63", { qos = 1 })
            client:publish("\\247\\247\\63", all, { qos = 2 })
            print(client:receive { timeout = 5 }.payload == all, #all)
            client:publish("\\247\\247\\63", "", { qos = 1 })
            print(#client:receive { timeout = 5 }.payload)
            """
        )
        #expect(result.output == "true\t10240\n0\n")
    }

    @Test func whatTheModuleCannotTakeIsRefusedBeforeTheWire() async throws {
        let result = try await ScriptBench().run(
            """
            local client <close> = modem.mqtt:client { id = "x" }
            client:connect { host = "broker.example" }
            local function says(...) local ok, err = pcall(...); print(err.kind, err.message) end
            says(client.publish, client, "a/+", "x")
            says(client.publish, client, ("t"):rep(1025), "x")
            says(client.publish, client, "a", ("p"):rep(10241))
            says(client.publish, client, "a", "\\255")
            says(client.subscribe, client, "a/#/b")
            """
        )
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0.hasPrefix("argument\t") })
        #expect(lines[1].contains("1-1024"))
        #expect(lines[2].contains("1-10240"))
        #expect(lines[3].contains("check_utf8 = false"))
        #expect(!result.lines.contains { $0.contains("AT+CMQTTTOPIC") || $0.contains("AT+CMQTTSUB") })
    }

    @Test func aLostConnectionFailsWhoeverWaitsAndIsReported() async throws {
        let result = try await ScriptBench().run(
            """
            local client <close> = modem.mqtt:client { id = "x" }
            client:connect { host = "broker.example" }
            local lost
            client:on_lost(function(loss) lost = loss end)
            local ok, err
            task.scope(function(s)
                local waiting = s:spawn(function() ok, err = pcall(client.receive, client, { timeout = 30 }) end)
                time.sleep(0)
                modem:at "AT+CFUN=4"
                waiting:join()
            end)
            print(ok, err.kind, client.connected)
            time.sleep(0.05)
            print(lost and lost.cause)
            print(pcall(client.receive, client))
            """
        )
        #expect(
            result.output.hasPrefix("false\tlost\tfalse\n3\nfalse\ttest.lua:15: client 0 is not connected\n")
        )
    }

    @Test func aClientLeftByAnEarlierRunIsClearedOrAdopted() async throws {
        let result = try await ScriptBench().run(
            """
            modem:at "AT+CMQTTSTART"
            modem:at 'AT+CMQTTACCQ=0,"old",0'
            modem:at 'AT+CMQTTCONNECT=0,"tcp://broker.example:1883",60,1'
            do
                local client <close> = modem.mqtt:client { id = "new" }
                client:connect { host = "broker.example" }
                print(modem.mqtt:state().clients[1].id)
            end
            modem:at "AT+CMQTTSTART"
            modem:at 'AT+CMQTTACCQ=1,"other",0'
            print(table.concat(modem.mqtt:reset(), "; "))
            print(#modem.mqtt:reset())
            """
        )
        #expect(result.output == "new\nreleased client 1 \"other\"; stopped the service\n0\n")
    }

    @Test func twoClientsTalkToEachOther() async throws {
        let result = try await ScriptBench().run(
            """
            local a <close> = modem.mqtt:client { index = 0, id = "a" }
            local b <close> = modem.mqtt:client { index = 1, id = "b" }
            a:connect { host = "broker.example" }
            b:connect { host = "broker.example" }
            local got = {}
            a:subscribe("to/a", function(msg) got[#got + 1] = msg.payload end)
            for i = 1, 20 do b:publish("to/a", tostring(i), { qos = 1 }) end
            time.sleep(0.05)
            print(table.concat(got, ","))
            """
        )
        #expect(result.output == (1...20).map(String.init).joined(separator: ",") + "\n")
    }

    @Test func publishesOfSeveralTasksDoNotMix() async throws {
        let result = try await ScriptBench().run(
            """
            local client <close> = modem.mqtt:client { id = "x" }
            client:connect { host = "broker.example" }
            task.scope(function(s)
                local tasks = {}
                for i = 1, 8 do
                    tasks[i] = s:spawn(function()
                        for n = 1, 5 do client:publish("t/" .. i, i .. ":" .. n, { qos = 1 }) end
                    end)
                end
                for _, t in ipairs(tasks) do t:join() end
            end)
            """
        )
        #expect(result.report.failure == nil)
        let received = result.broker.received
        #expect(received.count == 40)
        #expect(
            received.allSatisfy { message in
                String(decoding: message.payload, as: UTF8.self)
                    .hasPrefix(String(decoding: message.topic, as: UTF8.self).dropFirst(2) + ":")
            }
        )
    }

    @Test func oneThousandMessagesComeBackOnceAndInOrder() async throws {
        var bench = ScriptBench()
        bench.deadline = .seconds(60)
        let result = try await bench.run(
            """
            local client <close> = modem.mqtt:client { id = "x" }
            client:connect { host = "broker.example" }
            client:subscribe("m", { qos = 1 })
            local pad = ("."):rep(96)
            for i = 1, 1000 do
                client:publish("m", ("%04d"):format(i) .. pad, { qos = 1 })
                local msg = client:receive { timeout = 5 }
                if tonumber(msg.payload:sub(1, 4)) ~= i then fail("got " .. msg.payload .. " at " .. i) end
            end
            print(client.dropped)
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "0\n")
    }

    /// Out as fast as acknowledgements come, in as fast as handlers run.
    @Test func oneThousandMessagesReachAHandlerOnceAndInOrder() async throws {
        var bench = ScriptBench()
        bench.deadline = .seconds(60)
        let result = try await bench.run(
            """
            local client <close> = modem.mqtt:client { id = "x" }
            client:connect { host = "broker.example" }
            local came, pad = 0, ("."):rep(96)
            local sub = client:subscribe("m", { qos = 1 }, function(msg)
                came = came + 1
                if msg.payload ~= ("%04d"):format(came) .. pad then fail(msg.payload .. " at " .. came) end
            end)
            for i = 1, 1000 do client:publish("m", ("%04d"):format(i) .. pad, { qos = 1 }) end
            while came < 1000 do time.sleep(0.001) end
            client:disconnect()
            print(came, client.dropped)
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "1000\t0\n")
    }
}
