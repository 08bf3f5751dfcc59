import A7600
import Testing

@testable import ModemSimulator

@Suite struct FaultTests {
    @Test("A mute module swallows every command") func mute() throws {
        var bench = try Bench.withFaults("mute")
        #expect(bench.at("AT") == "")
        #expect(bench.at("AT+CSQ") == "")
        #expect(bench.pass(.seconds(600)) == "")
    }

    @Test("A fault at a command leaves the others alone") func muteAtCommand() throws {
        var bench = try Bench.withFaults("mute@AT+CSQ")
        #expect(bench.at("AT") == "\r\nOK\r\n")
        #expect(bench.at("AT+CSQ") == "")
        #expect(bench.at("AT+CPIN?") == "\r\n+CPIN: READY\r\n\r\nOK\r\n")
    }

    @Test("n= limits how often a fault strikes") func counted() throws {
        var bench = try Bench.withFaults("mute@AT+CSQ,n=2")
        #expect(bench.at("AT+CSQ") == "")
        #expect(bench.at("AT+CSQ") == "")
        #expect(bench.at("AT+CSQ") == "\r\n+CSQ: 23,0\r\n\r\nOK\r\n")
    }

    @Test("no-answer carries the command out and says nothing") func noAnswer() throws {
        var bench = try Bench.withFaults("no-answer@AT+CMEE")
        #expect(bench.send("AT+CMEE=1\r") == "AT+CMEE=1\r")
        #expect(bench.at("AT") == "\r\nOK\r\n")
        #expect(bench.module.module.terminal.cmee == 1)
    }

    @Test("A delayed answer keeps what comes meanwhile") func delay() throws {
        var bench = try Bench.withFaults("delay=300ms@AT+CSQ")
        #expect(bench.send("AT+CSQ\rAT\r") == "AT+CSQ\r")
        #expect(bench.pass(.milliseconds(299)) == "")
        #expect(bench.pass(.milliseconds(1)) == "\r\n+CSQ: 23,0\r\n\r\nOK\r\nAT\r\r\nOK\r\n")
    }

    @Test("A late echo stands behind the answer") func lateEcho() throws {
        var bench = try Bench.withFaults("late-echo=20ms@n=1")
        #expect(bench.send("AT\r") == "\r\nOK\r\n")
        #expect(bench.pass(.milliseconds(20)) == "AT\r")
    }

    @Test("A stalled prompt comes in the end, and takes what was sent meanwhile as data") func promptStall() throws {
        var bench = try Bench.withFaults("prompt-stall=10s@AT+CCERTDOWN,n=1")
        #expect(bench.at("AT+CCERTDOWN=\"ca.pem\",5") == "")
        #expect(bench.send("AT\r") == "")
        #expect(bench.pass(.seconds(10)) == "\r\n>")
        #expect(bench.send("xyAT\r") == "\r\nOK\r\nAT\r\r\nOK\r\n")
        #expect(bench.module.module.files.content(of: Array("ca.pem".utf8)) == Array("AT\rxy".utf8))
    }

    @Test("A lost prompt: data are expected and nothing says so") func promptLost() throws {
        var bench = try Bench.withFaults("prompt-lost@AT+CCERTDOWN")
        #expect(bench.at("AT+CCERTDOWN=\"ca.pem\",5") == "")
        #expect(bench.send("AT\r  ") == "\r\nOK\r\n")
    }

    @Test("error and cme refuse without effect") func refusals() throws {
        var bench = try Bench.withFaults("error@AT+CSQ", "cme=13@AT+CPIN?")
        #expect(bench.at("AT+CSQ") == "\r\nERROR\r\n")
        #expect(bench.at("AT+CPIN?") == "\r\n+CME ERROR: SIM failure\r\n")
    }

    @Test("result= forces a code and leaves no connection behind") func forcedResult() throws {
        var bench = try Bench.withFaults("result=4@AT+CMQTTCONNECT,n=1", "result=1@AT+CMQTTSTART,n=1")
        #expect(bench.at("AT+CMQTTSTART") == "\r\nOK\r\n\r\n+CMQTTSTART: 1\r\n")
        #expect(bench.at("AT+CMQTTACCQ?") == "\r\nERROR\r\n")
        bench.startAndAcquire()
        #expect(bench.at("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1") == "\r\nOK\r\n\r\n+CMQTTCONNECT: 0,4\r\n")
        #expect(bench.at("AT+CMQTTDISC?").contains("0,1"))
        bench.connect()
        #expect(bench.uplink.isConnected(0))
    }

    @Test("A lost CONNECT result leaves the client connected") func lostConnectResult() throws {
        var bench = try Bench.withFaults("lost-connect-result")
        bench.startAndAcquire()
        #expect(bench.at("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1") == "\r\nOK\r\n")
        #expect(bench.at("AT+CMQTTDISC?") == "\r\n+CMQTTDISC: 0,0\r\n+CMQTTDISC: 1,1\r\n\r\nOK\r\n")
    }

    @Test("reboot at a time, at a command, again and again") func reboot() throws {
        var bench = try Bench.withFaults("reboot@5s")
        #expect(bench.pass(.milliseconds(4999)) == "")
        #expect(bench.pass(.milliseconds(100)).hasPrefix(Answers.urc("*ATREADY: 1")))
        #expect(bench.pass(.seconds(60)) == "")
        bench = try Bench.withFaults("reboot@AT+CMQTTPUB")
        #expect(bench.at("AT+CMQTTPUB=0,1,60") == "")
        #expect(bench.pass(.milliseconds(100)).hasPrefix(Answers.urc("*ATREADY: 1")))
        bench = try Bench.withFaults("reboot@1s,every=10s,n=3")
        #expect(bench.pass(.seconds(100)).split(separator: "*ATREADY: 1").count == 4)
    }

    @Test("reboot in mid-frame cuts the message") func rebootInFrame() throws {
        var bench = try Bench.withFaults("reboot@frame")
        bench.startAndAcquire()
        bench.connect()
        let cut = bench.deliver([.message(client: 0, UplinkMessage("topic", "payload", qos: 0))])
        #expect(cut.hasPrefix("\r\n+CMQTTRXSTART: 0,5,7\r\n") && !cut.contains("RXEND"))
        #expect(bench.pass(.seconds(1)).hasPrefix(Answers.urc("*ATREADY: 1")))
    }

    @Test("The port vanishes and returns; the module goes on meanwhile") func vanish() throws {
        var bench = try Bench.withFaults("vanish@5s,for=3s")
        _ = bench.at("AT+CMEE=1")
        _ = bench.pass(.seconds(5))
        #expect(bench.ports == [.vanished])
        #expect(bench.send("AT\r") == "")
        _ = bench.pass(.seconds(3))
        #expect(bench.ports == [.vanished, .returned])
        #expect(bench.at("AT+CMEE?") == Answers.ok("+CMEE: 1"))
    }

    @Test("The network is lost and comes back") func detach() throws {
        var bench = try Bench.withFaults("detach@5s,for=10s")
        bench.startAndAcquire()
        bench.connect()
        _ = bench.at("AT+CREG=1")
        #expect(
            bench.pass(.seconds(5))
                == Answers.urc("+CREG: 2") + Answers.urc("+CMQTTCONNLOST: 0,3") + Answers.urc("+CMQTTNONET")
        )
        #expect(bench.pass(.seconds(10)) == Answers.urc("+CREG: 1"))
    }

    @Test("The SIM is taken out") func noSIM() throws {
        var bench = try Bench.withFaults("no-sim@1s")
        #expect(bench.pass(.seconds(1)) == Answers.urc("+CPIN: SIM REMOVED"))
        #expect(bench.at("AT+CPIN?") == "\r\n+CME ERROR: SIM not inserted\r\n")
        bench = try Bench.withFaults("no-sim")
        #expect(bench.pass(.seconds(1)) == Answers.urc("+CPIN: SIM REMOVED"))
    }

    @Test("The broker goes and comes back") func brokerGone() throws {
        var bench = try Bench.withFaults("broker-gone@5s,for=10s")
        bench.startAndAcquire()
        bench.connect()
        #expect(bench.pass(.seconds(5)) == Answers.urc("+CMQTTCONNLOST: 0,1"))
        #expect(bench.at("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1") == Answers.okThen("+CMQTTCONNECT: 0,3"))
        _ = bench.pass(.seconds(10))
        #expect(bench.at("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1") == Answers.okThen("+CMQTTCONNECT: 0,0"))
    }

    @Test("The clock forgets the time, and certificates are not valid then") func clock1970() throws {
        var bench = try Bench.withFaults("clock-1970")
        _ = bench.pass(.seconds(1))
        #expect(bench.at("AT+CCLK?").contains("+CCLK: \"70/01/01"))
        _ = bench.at("AT+CSSLCFG=\"ignorelocaltime\",0,0")
        bench.startAndAcquire(type: 1)
        #expect(bench.at("AT+CMQTTCONNECT=0,\"tcp://b:8883\",60,1") == Answers.okThen("+CMQTTCONNECT: 0,32"))
    }

    @Test("A full store refuses downloads without a prompt") func storeFull() throws {
        var bench = try Bench.withFaults("store-full@1s,for=5s")
        #expect(bench.at("AT+CCERTDOWN=\"a.pem\",1", data: "x") == "\r\n>\r\nOK\r\n")
        _ = bench.pass(.seconds(1))
        #expect(bench.at("AT+CCERTDOWN=\"b.pem\",1") == Answers.error)
        _ = bench.pass(.seconds(5))
        #expect(bench.at("AT+CCERTDOWN=\"b.pem\",1") == Answers.prompt)
    }

    @Test("A storm of numbered lines, none between the parts of an answer") func storm() throws {
        var bench = try Bench.withFaults("urc-storm=50@1s")
        _ = bench.pass(.seconds(1))
        #expect(bench.at("AT+CSQ") == Answers.ok("+CSQ: 23,0"))
        #expect(bench.pass(.seconds(1)) == (1..<50).map { Answers.urc("+STORM: \($0)") }.joined())
    }

    @Test("busy-rx turns the profile's switch over") func busyRX() throws {
        var bench = try Bench.withFaults("busy-rx")
        bench.startAndAcquire()
        bench.connect()
        _ = bench.deliver([.message(client: 0, UplinkMessage("t", String(repeating: "p", count: 1000), qos: 0))])
        #expect(bench.at("AT+CMQTTTOPIC=0,1") == Answers.thenError("+CMQTTTOPIC: 0,14"))
    }

    @Test("Bytes get lost, doubled, changed, and NULs come between, each by its seed") func bytes() throws {
        let clean = String(repeating: "\r\n+CSQ: 23,0\r\n\r\nOK\r\n", count: 200)
        func noise(_ text: String, seed: UInt64) throws -> String {
            let fault = try Fault(parsing: text)
            var bench = Bench {
                $0.faults = [fault]
                $0.seed = seed
            }
            _ = bench.send("ATE0\r")
            return (0..<200).map { _ in bench.send("AT+CSQ\r") }.joined()
        }
        let lost = try noise("drop-byte@p=0.01", seed: 1)
        #expect((20...70).contains(clean.utf8.count - lost.utf8.count))
        #expect(try noise("dup-byte@p=0.01", seed: 1).utf8.count > clean.utf8.count)
        #expect(try noise("nul@p=0.01", seed: 1).filter { $0 != "\0" } == clean)
        let garbled = try noise("garble@p=0.01", seed: 1)
        #expect(garbled != clean)
        #expect(try noise("drop-byte@p=0.01", seed: 1) == lost)
        #expect(try noise("drop-byte@p=0.01", seed: 2) != lost)
        #expect(try noise("drop-byte@p=0.01,seed=9", seed: 1) == noise("drop-byte@p=0.01,seed=9", seed: 2))
    }

    @Test("Faults on the way to the module") func inbound() throws {
        var bench = try Bench.withFaults("drop-byte@p=1,dir=in,n=1")
        #expect(bench.send("AT\r") == "T\r")
        #expect(bench.send("AT\r") == "AT\r\r\nOK\r\n")
    }

    @Test("With the wrong rate everything is garbage, and in step again afterwards") func wrongBaud() throws {
        var bench = try Bench.withFaults("wrong-baud@for=1s")
        #expect(!bench.send("AT\rAT\rAT\r").contains("OK"))
        _ = bench.pass(.seconds(1))
        _ = bench.send("\r")
        #expect(bench.at("AT") == Answers.ok)
    }

    @Test("A slow line gives bytes at its pace") func speed() throws {
        var bench = try Bench.withFaults("speed=9600")
        _ = bench.pass(.zero)
        _ = bench.send("AT\r")
        // Three bytes of ten bits to the module, nine back.
        let early = bench.pass(.milliseconds(8))
        #expect((1...6).contains(early.utf8.count))
        #expect(early + bench.pass(.milliseconds(5)) == "AT\r\r\nOK\r\n")
    }

    @Test("Chunks: the same bytes in small pieces") func chunks() throws {
        var bench = try Bench.withFaults("chunk=2")
        _ = bench.send("AT+CSQ\r")
        #expect(bench.pass(.seconds(1)) == "AT+CSQ\r" + Answers.ok("+CSQ: 23,0"))
        #expect(bench.transmissions.allSatisfy { $0 <= 2 } && bench.transmissions.count > 10)
    }

    @Test(
        "Every fault is read from its name, and says how it is written",
        arguments: Fault.descriptions
    )
    func names(name: String, help: String) throws {
        #expect(!help.isEmpty)
        let values = ["cme": "=13", "result": "=4", "speed": "=9600"]
        _ = try Fault(parsing: name + (values[name] ?? ""))
        #expect(throws: FaultSyntaxError.self) { try Fault(parsing: name + "=nonsense") }
    }

    @Test("The text of places") func places() throws {
        let fault = try Fault(parsing: "vanish@at+cmqttpub,1.5s,for=300ms,every=2m,n=4,p=0.5,seed=7")
        var place = Fault.Place()
        place.command = "AT+CMQTTPUB"
        place.after = .milliseconds(1500)
        place.lasting = .milliseconds(300)
        place.every = .seconds(120)
        place.count = 4
        place.probability = 0.5
        place.seed = 7
        #expect(fault == Fault(.vanish, place))
    }

    @Test(
        "Texts that are no faults",
        arguments: [
            ("explode", FaultSyntaxError.Code.unknownFault), ("", .unknownFault), ("delay=x", .badValue),
            ("mute=1", .badValue), ("result", .badValue), ("mute@5", .badCondition), ("mute@p=2", .badCondition),
            ("mute@n=0", .badCondition), ("mute@for=x", .badCondition), ("mute@dir=up", .badCondition),
            ("mute@", .badCondition), ("mute@what=1", .badCondition), ("mute@seed=-1", .badCondition),
        ]
    )
    func errors(text: String, code: FaultSyntaxError.Code) {
        #expect {
            try Fault(parsing: text)
        } throws: { error in
            (error as? FaultSyntaxError)?.code == code
        }
    }

    @Test("An unknown fault's error lists the known ones") func unknown() {
        #expect {
            try Fault(parsing: "explode")
        } throws: { error in
            guard let error = error as? FaultSyntaxError else { return false }
            return error.code == .unknownFault && Fault.names.allSatisfy(error.message.contains)
        }
    }
}
