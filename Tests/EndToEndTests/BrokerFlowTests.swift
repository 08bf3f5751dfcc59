import Glibc
import Testing

/// What MQTT promises, from a script through two modules of `moonwire sim` to one real broker.
@Suite struct BrokerFlowTests {
    @Test func `what MQTT promises holds between two modules at a real broker`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("flows.lua", Self.script)
            let arguments = ["sim", "--count", "2", "--pty", folder.path + "/modem0"]
            let (run, _) = try await Moonwire.whileRunning(arguments, in: folder) { program in
                _ = try await program.line(containing: "2 modules")
                let run = try await Moonwire.run(
                    ["run", "-p", folder.path + "/modem0", "--set", "second=\(folder.path)/modem1", script],
                    in: folder
                )
                program.send(SIGTERM)
                return run
            }
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            for step in ["two clients", "qos", "topics", "retained", "session", "bytes", "will"] {
                #expect(run.output.contains("✓ \(step)"), "\(step)")
            }
        }
    }

    private static let script = #"""
        local second <close> = modem.open { port = params.second }
        local desk <close> = second.mqtt:client { id = "desk", check_utf8 = false }
        desk:connect { host = "broker.example" }
        local a <close> = modem.mqtt:client { index = 0, id = "a", check_utf8 = false }
        local function unit()
            local client = modem.mqtt:client {
                index = 1, id = "unit", will = { topic = "units/7/state", payload = "gone", qos = 1 } }
            client:connect { host = "broker.example", clean = false }
            return client
        end
        local function expect(client, topic, payload)
            local msg = client:receive { topic = topic, timeout = 10 }
            check(msg.complete and msg.topic == topic, "topic " .. msg.topic)
            check(msg.payload == payload, ("%d bytes came, %d expected"):format(#msg.payload, #payload))
        end
        local function silence(client, topic)
            local ok, err = pcall(client.receive, client, { topic = topic, timeout = 0.2 })
            check(not ok and err.kind == "timeout", "a message came that nobody wants")
        end

        a:connect { host = "broker.example" }
        local b = unit()
        step("two clients", function()
            a:subscribe("to/a", { qos = 1 })
            b:subscribe("to/b", { qos = 1 })
            for i = 1, 10 do
                a:publish("to/b", "b" .. i, { qos = 1 })
                b:publish("to/a", "a" .. i, { qos = 1 })
            end
            for i = 1, 10 do expect(a, "to/a", "a" .. i); expect(b, "to/b", "b" .. i) end
        end)
        step("qos", function()
            desk:subscribe("qos/#", { qos = 2 })
            for qos = 0, 2 do
                a:publish("qos/" .. qos, "level " .. qos, { qos = qos })
                expect(desk, "qos/" .. qos, "level " .. qos)
            end
        end)
        step("topics", function()
            a:subscribe { "x/+/z", "y/#", "plain", qos = 1 }
            for _, topic in ipairs { "x/1/z", "x/1/2/z", "y", "y/1/2", "plain", "plainer" } do
                desk:publish(topic, topic, { qos = 1 })
            end
            for _, topic in ipairs { "x/1/z", "y", "y/1/2", "plain" } do expect(a, topic, topic) end
            a:unsubscribe { "y/#", "plain" }
            desk:publish("plain", "late", { qos = 1 })
            desk:publish("y/3", "late", { qos = 1 })
            desk:publish("x/2/z", "last", { qos = 1 })
            expect(a, "x/2/z", "last")
            silence(a)
        end)
        step("retained", function()
            desk:publish("config/7", "v1", { qos = 1, retain = true })
            a:subscribe("config/+", { qos = 1 })
            expect(a, "config/7", "v1")
            desk:publish("config/7", "", { qos = 1, retain = true })
            expect(a, "config/7", "")
            a:unsubscribe("config/+")
            a:subscribe("config/+", { qos = 1 })
            silence(a, "config/+")
        end)
        step("session", function()
            b:disconnect()
            for i = 1, 5 do desk:publish("to/b", "kept " .. i, { qos = 1 }) end
            b:connect { host = "broker.example", clean = false }
            for i = 1, 5 do expect(b, "to/b", "kept " .. i) end
        end)
        step("bytes", function()
            local all = {}
            for i = 0, 255 do all[#all + 1] = string.char(i) end
            local payload = table.concat(all):rep(40)
            check(#payload == 10240, "that is not the longest")
            local topic = "\xF7\xF7\x80/\xFF"
            desk:subscribe(topic, { qos = 1 })
            a:publish(topic, payload, { qos = 2 })
            expect(desk, topic, payload)
        end)
        step("will", function()
            desk:subscribe("units/+/state", { qos = 1 })
            b:disconnect()
            silence(desk, "units/+/state")
            b:connect { host = "broker.example", clean = false }
            -- As by a power cut: nobody says goodbye.
            modem:restart()
            expect(desk, "units/7/state", "gone")
        end)
        """#
}
