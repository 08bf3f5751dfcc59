import A7600
import Testing

@testable import ModemSimulator

/// What the clients keep, what clears it, and how connections end (`a7600.md` sections 3 and 4).
@Suite struct MQTTStateTests {
    @Test("PUB clears topic and payload, a refused PUB clears nothing") func publishClears() {
        var bench = Bench.connected()
        _ = bench.at("AT+CMQTTTOPIC=0,1", data: "a")
        _ = bench.at("AT+CMQTTPAYLOAD=0,1", data: "p")
        #expect(bench.at("AT+CMQTTPUB=0,3,60") == Answers.thenError("+CMQTTPUB: 0,12"))
        #expect(bench.at("AT+CMQTTPUB=0,1,60,1") == Answers.okThen("+CMQTTPUB: 0,0"))
        #expect(bench.uplink.received == [UplinkMessage("a", "p", qos: 1, retain: true)])
        #expect(bench.at("AT+CMQTTPUB=0,1,60") == Answers.thenError("+CMQTTPUB: 0,18"))
        _ = bench.at("AT+CMQTTTOPIC=0,1", data: "b")
        #expect(bench.at("AT+CMQTTPUB=0,0,60") == Answers.okThen("+CMQTTPUB: 0,0"))
        #expect(bench.uplink.received.last == UplinkMessage("b", "", qos: 0))
    }

    @Test("The same input again replaces the old one, filters add up") func inputs() {
        var bench = Bench.connected()
        _ = bench.at("AT+CMQTTTOPIC=0,1", data: "a")
        _ = bench.at("AT+CMQTTTOPIC=0,1", data: "b")
        _ = bench.at("AT+CMQTTPUB=0,0,60")
        #expect(bench.uplink.received.map(\.topic) == [Array("b".utf8)])
        _ = bench.at("AT+CMQTTSUBTOPIC=0,1,0", data: "x")
        _ = bench.at("AT+CMQTTSUBTOPIC=0,1,2", data: "y")
        _ = bench.at("AT+CMQTTSUB=0,1,1", data: "z")
        _ = bench.at("AT+CMQTTSUB=0")
        let expected: [(String, UInt8)] = [("z", 1), ("x", 0), ("y", 2)]
        #expect(bench.uplink.subscriptions(of: 0) == expected.map { .init(topic: Array($0.utf8), qos: $1) })
    }

    @Test("DISC clears inputs, queues and the binding; will and CFG stay until REL") func disconnect() {
        var bench = Bench()
        bench.startAndAcquire()
        _ = bench.at("AT+CMQTTCFG=\"optimeout\",0,30")
        _ = bench.at("AT+CMQTTWILLTOPIC=0,1", data: "w")
        _ = bench.at("AT+CMQTTWILLMSG=0,4,2", data: "gone")
        _ = bench.at("AT+CMQTTSSLCFG=0,3")
        bench.connect()
        _ = bench.at("AT+CMQTTTOPIC=0,1", data: "a")
        _ = bench.at("AT+CMQTTSUBTOPIC=0,1,0", data: "x")
        #expect(bench.at("AT+CMQTTDISC=0,0") == Answers.okThen("+CMQTTDISC: 0,0"))
        #expect(bench.at("AT+CMQTTSSLCFG?").contains("+CMQTTSSLCFG: 0,0"))
        bench.connect()
        #expect(bench.uplink.connections[0]?.will == UplinkMessage("w", "gone", qos: 2))
        #expect(bench.uplink.connections[0]?.timeout == 30)
        #expect(bench.at("AT+CMQTTPUB=0,0,60") == Answers.thenError("+CMQTTPUB: 0,18"))
        #expect(bench.at("AT+CMQTTSUB=0") == Answers.thenError("+CMQTTSUB: 0,18"))
        _ = bench.at("AT+CMQTTDISC=0,60")
        #expect(bench.at("AT+CMQTTREL=0") == Answers.ok)
        _ = bench.at("AT+CMQTTACCQ=0,\"unit\"")
        bench.connect()
        #expect(bench.uplink.connections[0]?.will == nil)
        #expect(bench.uplink.connections[0]?.timeout == 120)
    }

    @Test("A will topic alone sends an empty will, a message alone is code 18") func will() {
        var bench = Bench()
        bench.startAndAcquire()
        _ = bench.at("AT+CMQTTWILLMSG=0,4,2", data: "gone")
        #expect(bench.at("AT+CMQTTCONNECT=0,\"tcp://b:1\",60,1") == Answers.thenError("+CMQTTCONNECT: 0,18"))
        _ = bench.at("AT+CMQTTREL=0")
        _ = bench.at("AT+CMQTTACCQ=0,\"unit\"")
        _ = bench.at("AT+CMQTTWILLTOPIC=0,1", data: "w")
        bench.connect()
        #expect(bench.uplink.connections[0]?.will == UplinkMessage("w", "", qos: 0))
    }

    @Test(
        "Failed connections have their codes, in the order of the profile",
        arguments: [
            (UplinkFailure.nameNotFound, 25), (.noConnection, 3), (.unusableCredentials, 34), (.negotiation, 32),
            (.closedByPeer, 26), (.timeout, 17), (.malformed, 24), (.refused(1), 27), (.refused(2), 28),
            (.refused(3), 29), (.refused(4), 30), (.refused(5), 31), (.sendFailed, 16),
        ]
    )
    func connectFailures(failure: UplinkFailure, code: Int) {
        for profile in [Profile.a7600, .a7670, .sim7600] {
            let expected = failure == .negotiation && profile.name == "a7670" ? 34 : code
            var bench = Bench(profile)
            bench.startAndAcquire()
            bench.uplink.fail(.connect, with: failure)
            let result = "+CMQTTCONNECT: 0,\(expected)"
            #expect(
                bench.at("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1")
                    == (profile.connectFail == .okThenResult ? Answers.okThen(result) : Answers.thenError(result))
            )
            // CONNECT may be repeated at once.
            bench.connect()
            #expect(bench.uplink.isConnected(0))
        }
    }

    @Test("A failed CONNECT clears the binding, a loss keeps it") func binding() {
        var bench = Bench()
        bench.startAndAcquire(type: 1)
        _ = bench.at("AT+CMQTTSSLCFG=0,3")
        bench.uplink.fail(.connect, with: .negotiation)
        bench.connect()
        #expect(bench.at("AT+CMQTTSSLCFG?").contains("+CMQTTSSLCFG: 0,0"))
        _ = bench.at("AT+CMQTTSSLCFG=0,3")
        bench.connect()
        _ = bench.deliver(bench.uplink.breakConnection(0, .reset))
        #expect(bench.at("AT+CMQTTSSLCFG?").contains("+CMQTTSSLCFG: 0,3"))
    }

    @Test(
        "Requests that the network fails, in the order of the profile",
        arguments: [(UplinkFailure.closedByPeer, 6), (.timeout, 17), (.sendFailed, 16), (.malformed, 24)]
    )
    func requestFailures(failure: UplinkFailure, code: Int) {
        for profile in [Profile.a7600, .a7670, .sim7600] {
            func expected(_ name: String) -> String {
                let result = "+CMQTT\(name): 0,\(code)"
                return profile.requestFail == .okThenResult ? Answers.okThen(result) : Answers.thenError(result)
            }
            var bench = Bench.connected(profile)
            _ = bench.at("ATE0")
            _ = bench.at("AT+CMQTTTOPIC=0,1", data: "a")
            for stage in [InMemoryUplink.Stage.publish, .subscribe, .unsubscribe] {
                bench.uplink.fail(stage, with: failure)
            }
            #expect(bench.at("AT+CMQTTPUB=0,1,60") == expected("PUB"))
            #expect(bench.at("AT+CMQTTSUB=0,1,1", data: "a") == "\r\n>" + expected("SUB"))
            #expect(bench.at("AT+CMQTTUNSUB=0,1,0", data: "a") == "\r\n>" + expected("UNSUB"))
        }
    }

    @Test("A refused filter is code 1") func refusedFilter() {
        var bench = Bench.connected()
        bench.uplink.refusedFilters = [Array("no".utf8)]
        _ = bench.at("AT+CMQTTSUBTOPIC=0,3,0", data: "yes")
        _ = bench.at("AT+CMQTTSUBTOPIC=0,2,0", data: "no")
        #expect(bench.at("AT+CMQTTSUB=0") == Answers.okThen("+CMQTTSUB: 0,1"))
    }

    @Test("DISC that fails on the line is 35, 1 on SIM7600, and disconnects") func disconnectFailure() {
        for (profile, expected) in [
            (Profile.a7600, Answers.okThen("+CMQTTDISC: 0,35")), (.a7670, Answers.okThen("+CMQTTDISC: 0,35")),
            (.sim7600, Answers.okThen("+CMQTTDISC: 0,1")),
        ] {
            var bench = Bench.connected(profile)
            bench.uplink.fail(.disconnect, with: .sendFailed)
            #expect(bench.at("AT+CMQTTDISC=0,60") == expected)
            #expect(bench.at("AT+CMQTTDISC?").contains("+CMQTTDISC: 0,1\r\n"))
        }
        var bench = Bench.connected(.sim7600)
        #expect(bench.at("AT+CMQTTDISC=0,60") == Answers.thenOK("+CMQTTDISC: 0,0"))
    }

    @Test("A loss: open requests fail with 6 first, then CONNLOST; the client stays acquired") func loss() {
        for (loss, cause) in [(UplinkLoss.closedByPeer, 1), (.reset, 2)] {
            var bench = Bench.connected()
            _ = bench.at("AT+CMQTTTOPIC=0,1", data: "a")
            bench.uplink.leaveUnanswered(.publish)
            _ = bench.at("AT+CMQTTPUB=0,1,60")
            #expect(
                bench.deliver(bench.uplink.breakConnection(0, loss))
                    == Answers.urc("+CMQTTPUB: 0,6") + Answers.urc("+CMQTTCONNLOST: 0,\(cause)")
            )
            #expect(bench.pass(.seconds(300)) == "")
            #expect(bench.at("AT+CMQTTDISC=0,60") == Answers.thenError("+CMQTTDISC: 0,11"))
            bench.connect()
            #expect(bench.uplink.isConnected(0))
        }
    }

    @Test("With requestFail C the final result code waits, and a loss gives it") func lossWhileHeld() {
        var bench = Bench.connected(.a7670)
        _ = bench.at("AT+CMQTTTOPIC=0,1", data: "a")
        bench.uplink.leaveUnanswered(.publish)
        #expect(bench.at("AT+CMQTTPUB=0,1,60") == "")
        #expect(bench.send("AT\r") == "")
        #expect(
            bench.deliver(bench.uplink.breakConnection(0, .closedByPeer))
                == Answers.thenError("+CMQTTPUB: 0,6") + Answers.urc("+CMQTTCONNLOST: 0,1") + "AT\r" + Answers.ok
        )
    }

    @Test("SIM7600 reports the failed keep-alive as well") func ping() {
        var bench = Bench.connected(.sim7600)
        #expect(
            bench.deliver(bench.uplink.breakConnection(0, .reset))
                == Answers.urc("+CMQTTPING: 0,1") + Answers.urc("+CMQTTCONNLOST: 0,2")
        )
    }

    @Test("Loss of the network: CONNLOST 3 for each connected client, then NONET; the service is stopped")
    func networkLoss() {
        var bench = Bench.connected(clients: 2)
        #expect(
            bench.at("AT+CFUN=4")
                == Answers.ok + Answers.urc("+CMQTTCONNLOST: 0,3") + Answers.urc("+CMQTTCONNLOST: 1,3")
                + Answers.urc("+CMQTTNONET")
        )
        #expect(!bench.uplink.isConnected(0) && !bench.uplink.isConnected(1))
        #expect(bench.at("AT+CMQTTACCQ?") == Answers.error)
        #expect(bench.at("AT+CMQTTSTART") == Answers.okThen("+CMQTTSTART: 7"))
        _ = bench.at("AT+CFUN=1")
        #expect(bench.at("AT+CMQTTSTART") == Answers.okThen("+CMQTTSTART: 0"))
        #expect(bench.at("AT+CMQTTACCQ?") == Answers.ok("+CMQTTACCQ: 0,\"\",0", "+CMQTTACCQ: 1,\"\",0"))
    }

    @Test("CONNECT without data is code 9") func connectWithoutData() {
        for (profile, expected) in [
            (Profile.a7600, Answers.okThen("+CMQTTCONNECT: 0,9")), (.a7670, Answers.thenError("+CMQTTCONNECT: 0,9")),
        ] {
            var profile = profile
            profile.nonetUrc = false
            var bench = Bench(profile)
            bench.startAndAcquire()
            bench.module.module.radio.activeContexts = []
            #expect(bench.at("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1") == expected)
        }
    }

    @Test("A request without an answer ends at its own limit") func limits() {
        var bench = Bench()
        bench.startAndAcquire()
        _ = bench.at("AT+CMQTTCFG=\"optimeout\",0,20")
        bench.connect()
        bench.uplink.leaveUnanswered(.subscribe)
        _ = bench.at("AT+CMQTTSUB=0,1,1", data: "a")
        #expect(bench.pass(.seconds(19)) == "")
        #expect(bench.pass(.seconds(1)) == Answers.urc("+CMQTTSUB: 0,17"))
        bench.uplink.leaveUnanswered(.disconnect)
        _ = bench.at("AT+CMQTTDISC=0,60")
        #expect(bench.pass(.seconds(60)) == Answers.urc("+CMQTTDISC: 0,35"))
        bench.uplink.leaveUnanswered(.connect)
        _ = bench.at("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1")
        #expect(bench.pass(.seconds(60)) == Answers.urc("+CMQTTCONNECT: 0,17"))
        #expect(bench.requests.last == .abandon(client: 0))
    }

    @Test("What CONNECT hands to the network") func connection() {
        var bench = Bench()
        bench.startAndAcquire()
        _ = bench.at("AT+CMQTTCONNECT=0,\"tcp://broker.example\",64800,0,\"user\",\"pass\"")
        #expect(
            bench.uplink.connections[0]
                == UplinkConnection(
                    version: 3,
                    host: "broker.example",
                    port: 1883,
                    clientID: Array("unit".utf8),
                    keepAlive: 64_800,
                    cleanSession: false,
                    user: Array("user".utf8),
                    password: Array("pass".utf8),
                    timeout: 120
                )
        )
    }

    @Test("argtopic: topics as parameters, messages in one line") func argtopic() {
        var bench = Bench(.a7670)
        bench.startAndAcquire()
        #expect(bench.at("AT+CMQTTCFG=\"argtopic\",0,1,1") == Answers.ok)
        bench.connect()
        #expect(bench.at("AT+CMQTTSUB=0,\"t\",1") == Answers.okThen("+CMQTTSUB: 0,0"))
        #expect(
            bench.at("AT+CMQTTPUB=0,\"t\",1,3", data: "a\"b")
                == "\r\n>" + Answers.okThen("+CMQTTPUB: 0,0") + Answers.urc("+CMQTTRECV: 0,\"t\",3,\"a\"b\"")
        )
        #expect(bench.at("AT+CMQTTUNSUB=0,\"t\"") == Answers.okThen("+CMQTTUNSUB: 0,0"))
        _ = bench.at("AT+CMQTTDISC=0,60")
        #expect(bench.at("AT+CMQTTSTOP") == Answers.okThen("+CMQTTSTOP: 0"))
        bench = Bench.connected(.a7670)
        #expect(bench.at("AT+CMQTTSUB=0,\"t\",1") == Answers.error)
        bench = Bench.connected()
        #expect(bench.at("AT+CMQTTSUB=0,\"t\",1") == Answers.error)
    }
}
