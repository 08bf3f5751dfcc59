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

    @Test("An unknown fault's error lists the known ones") func unknown() {
        #expect {
            try Fault(parsing: "explode")
        } throws: { error in
            guard let error = error as? FaultSyntaxError else { return false }
            return error.code == .unknownFault && Fault.names.allSatisfy(error.message.contains)
        }
    }
}
