import A7600
import LuaRuntime
import ModemScripting
import ModemSimulator
import Testing

/// After a crash of the host: what the module still holds is adopted or cleared, never left half-way.
@Suite struct MQTTResetTests {
    /// Commands of a host that is gone; the script's own knowledge of the module is that of a new host.
    private static func left(_ index: Int, _ id: String, connected: Bool) -> String {
        let connect = #"modem:at 'AT+CMQTTCONNECT=\#(index),"tcp://broker.example:1883",60,1'"#
        return """
            if modem.mqtt:state().service == "stopped" then modem:at "AT+CMQTTSTART" end
            modem:at 'AT+CMQTTACCQ=\(index),"\(id)",0'
            \(connected ? connect : "")

            """
    }

    @Test(arguments: Profile.allNames)
    func bothClientsAreClearedUnderEveryProfile(profile: String) async throws {
        let result = try await ScriptBench(profile: try #require(Profile(name: profile))).run(
            Self.left(0, "zero", connected: true) + Self.left(1, "one", connected: false) + """
                for _, done in ipairs(modem.mqtt:reset()) do print(done) end
                local state = modem.mqtt:state()
                print(state.service, #state.clients, #modem.mqtt:reset())
                local client <close> = modem.mqtt:client { id = "new" }
                client:connect { host = "broker.example" }
                print(client.connected)
                """
        )
        #expect(result.report.failure == nil)
        #expect(
            result.output == """
                disconnected client 0
                released client 0 "zero"
                released client 1 "one"
                stopped the service
                stopped\t0\t0
                true

                """
        )
    }

    @Test func aServiceThatRunsEmptyIsStopped() async throws {
        let result = try await ScriptBench().run(
            #"modem:at "AT+CMQTTSTART" print(table.concat(modem.mqtt:reset(), ";"), modem.mqtt:state().service)"#
        )
        #expect(result.output == "stopped the service\tstopped\n")
    }

    @Test func aClientThatIsTheSameIsAdoptedWithoutBeingAcquiredAgain() async throws {
        let result = try await ScriptBench().run(
            Self.left(0, "unit", connected: false) + """
                local client <close> = modem.mqtt:client { id = "unit", will = { topic = "w", payload = "gone" } }
                client:connect { host = "broker.example" }
                client:publish("a", "b", { qos = 1 })
                print(client.connected)
                """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "true\n")
        #expect(result.lines.filter { $0.hasPrefix("AT+CMQTTREL") }.count == 1, "only the goodbye at the end")
    }

    @Test(arguments: [true, false])
    func aClientOfUnknownPastIsClearedAndMadeAnew(connected: Bool) async throws {
        let result = try await ScriptBench().run(
            Self.left(0, "unit", connected: connected) + """
                local client <close> = modem.mqtt:client { id = "unit" }
                client:connect { host = "broker.example" }
                print(client.connected, modem.mqtt:state().clients[1].id)
                """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "true\tunit\n")
        #expect(result.lines.contains { $0.hasPrefix("AT+CMQTTDISC=0") })
        #expect(
            result.lines.filter { $0.hasPrefix("AT+CMQTTACCQ=0") }.count == 3,
            "the old one, the attempt, the new one"
        )
    }

    /// Each command of the reset fails once; a further reset ends what the first could not.
    @Test(
        arguments: ["AT+CMQTTDISC=0", "AT+CMQTTREL=0", "AT+CMQTTSTOP"],
        [Fault.Kind.error, .mute, .noAnswer, .lostResult]
    )
    func aResetThatFailedIsFinishedByTheNext(command: String, kind: Fault.Kind) async throws {
        var place = Fault.Place()
        place.command = command
        place.count = 1
        var bench = ScriptBench()
        bench.configuration.faults = [Fault(kind, place)]
        bench.deadline = .seconds(60)
        let result = try await bench.run(
            Self.left(0, "unit", connected: true) + """
                repeat until pcall(modem.mqtt.reset, modem.mqtt, { timeout = 1 })
                local state = modem.mqtt:state()
                print(state.service, #state.clients)
                local client <close> = modem.mqtt:client { id = "new" }
                client:connect { host = "broker.example" }
                """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "stopped\t0\n")
    }
}
