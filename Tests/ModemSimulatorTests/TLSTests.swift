import A7600
import ATProtocol
import Testing

@testable import ModemSimulator

/// SSL contexts, certificate files, and what a TLS connection takes from them (`a7600.md` section 5).
@Suite struct TLSTests {
    @Test("Contexts begin with their defaults and show what was set, profile by profile") func readForms() {
        var bench = Bench()
        #expect(bench.at("AT+CSSLCFG=6") == Answers.ok("+CSSLCFG: 6,4,0,1,300,\"\",\"\",\"\",\"\",0"))
        let lines = (0...9).map { "+CSSLCFG: \($0),4,0,1,300,\"\",\"\",\"\",\"\",0" }
        #expect(bench.at("AT+CSSLCFG?") == Answers.block(lines) + Answers.ok)
        for setting in [
            "\"sslversion\",6,3", "\"authmode\",6,2", "\"ignorelocaltime\",6,0", "\"negotiatetime\",6,10",
            "\"cacert\",6,\"ca.pem\"", "\"clientcert\",6,\"c.pem\"", "\"clientkey\",6,\"k.pem\"",
            "\"password\",6,\"p.pem\"", "\"enableSNI\",6,1",
        ] {
            #expect(bench.at("AT+CSSLCFG=\(setting)") == Answers.ok)
        }
        #expect(
            bench.at("AT+CSSLCFG=6")
                == Answers.ok("+CSSLCFG: 6,3,2,0,10,\"ca.pem\",\"c.pem\",\"k.pem\",\"p.pem\",1")
        )
        bench = Bench(.sim7600)
        _ = bench.at("AT+CSSLCFG=\"ciphersuites\", 0, 0xFFFF")
        _ = bench.at("AT+CSSLCFG=\"keypwd\",0,\"secret\"")
        #expect(bench.at("AT+CSSLCFG=0") == Answers.ok("+CSSLCFG: 0,4,0,1,300,\"\",\"\",\"\",0,\"secret\",0xFFFF"))
    }

    @Test(
        "What CSSLCFG refuses",
        arguments: [
            "=10", "=\"sslversion\",0,5", "=\"authmode\",0,4", "=\"ignorelocaltime\",0,2", "=\"negotiatetime\",0,9",
            "=\"negotiatetime\",0,301", "=\"cacert\",0,\"a.pe\"", "=\"cacert\",0,\"a.txt\"",
            "=\"cacert\",0,\"a/b.pem\"",
            "=\"cacert\",0,ca.pem", "=\"enableSNI\",0,2", "=\"sslversion\",10,4", "=\"ignorlocaltime\",0,1",
            "=\"SSLVERSION\",0,4", "=\"keypwd\",0,\"x\"", "=\"sslversion\",0", "=\"sslversion\",0,4,4", "",
        ]
    )
    func refusals(form: String) {
        var bench = Bench()
        #expect(bench.at("AT+CSSLCFG\(form)") == Answers.error)
    }

    @Test("File names may have 108 bytes, 128 on SIM7600") func nameLimits() {
        for (profile, limit) in [(Profile.a7600, 108), (.sim7600, 128)] {
            var bench = Bench(profile)
            let name = String(repeating: "n", count: limit - 4) + ".pem"
            #expect(bench.at("AT+CSSLCFG=\"cacert\",0,\"\(name)\"") == Answers.ok)
            #expect(bench.at("AT+CSSLCFG=\"cacert\",0,\"n\(name)\"") == Answers.error)
        }
    }

    @Test("Certificates are downloaded, listed, replaced, deleted, moved") func certificates() {
        var bench = Bench { $0.rootFiles = [.init(name: Array("root.der".utf8), content: [1])] }
        #expect(bench.at("AT+CCERTDOWN=?") == Answers.ok("+CCERTDOWN: (5-108),(1-10240)"))
        #expect(bench.at("AT+CCERTLIST") == Answers.ok)
        #expect(bench.at("AT+CCERTDOWN=\"b.pem\",2", data: "b1") == "\r\n>\r\nOK\r\n")
        #expect(bench.at("AT+CCERTDOWN=\"a.pem\",2", data: "a1") == "\r\n>\r\nOK\r\n")
        #expect(bench.at("AT+CCERTDOWN=\"b.pem\",3", data: "b22") == "\r\n>\r\nOK\r\n")
        #expect(bench.at("AT+CCERTLIST") == Answers.ok("+CCERTLIST: \"b.pem\"", "+CCERTLIST: \"a.pem\""))
        #expect(bench.at("AT+CCERTMOVE=\"root.der\"") == Answers.ok)
        #expect(bench.at("AT+CCERTMOVE=\"root.der\"") == Answers.error)
        #expect(bench.at("AT+CCERTDELE=\"a.pem\"") == Answers.ok)
        #expect(bench.at("AT+CCERTDELE=\"a.pem\"") == Answers.error)
        #expect(bench.at("AT+CCERTLIST") == Answers.ok("+CCERTLIST: \"b.pem\"", "+CCERTLIST: \"root.der\""))
        #expect(
            bench.persisted == [
                .file(name: Array("b.pem".utf8), content: Array("b1".utf8)),
                .file(name: Array("a.pem".utf8), content: Array("a1".utf8)),
                .file(name: Array("b.pem".utf8), content: Array("b22".utf8)),
                .file(name: Array("root.der".utf8), content: [1]), .removed(name: Array("a.pem".utf8)),
            ]
        )
        #expect(bench.at("AT+CCERTDOWN={non-ascii}\"6E2E70656D\",1", data: "x") == "\r\n>\r\nOK\r\n")
        #expect(bench.at("AT+CCERTLIST").hasSuffix("+CCERTLIST: \"n.pem\"\r\n\r\nOK\r\n"))
    }

    @Test(
        "A bad name or length is refused without a prompt",
        arguments: [
            "\"ca.txt\",5", "\"ca\",5", "\"ca.pem\",0", "\"ca.pem\",10241", "\"ca.pem\"", "ca.pem,5", "\"ca.pem\",x",
        ]
    )
    func badDownloads(arguments: String) {
        var bench = Bench()
        #expect(bench.at("AT+CCERTDOWN=\(arguments)") == Answers.error)
    }

    @Test("The certificate is durable before its OK leaves") func durable() {
        var module = SimulatedA7600(configuration: ModuleConfiguration(), at: .init(nanoseconds: 0))
        var actions: [SimulatorAction] = []
        module.received(Array("ATE0\rAT+CCERTDOWN=\"ca.pem\",1\rx".utf8), at: .init(nanoseconds: 0), into: &actions)
        let expected: [SimulatorAction] = [
            .transmit(Array("ATE0\r\r\nOK\r\n\r\n>".utf8)),
            .persist(.file(name: Array("ca.pem".utf8), content: [0x78])),
            .transmit(Array("\r\nOK\r\n".utf8)),
        ]
        #expect(actions == expected)
    }

    @Test("A TLS connection carries the bound context with its files") func credentials() {
        var bench = Bench()
        for (name, content) in [("ca.pem", "CA"), ("c.pem", "CERT"), ("k.pem", "KEY"), ("p.pem", "PASS")] {
            _ = bench.at("AT+CCERTDOWN=\"\(name)\",\(content.utf8.count)", data: content)
        }
        for setting in [
            "\"sslversion\",3,3", "\"authmode\",3,2", "\"ignorelocaltime\",3,0", "\"negotiatetime\",3,20",
            "\"cacert\",3,\"ca.pem\"", "\"clientcert\",3,\"c.pem\"", "\"clientkey\",3,\"k.pem\"",
            "\"password\",3,\"p.pem\"", "\"enableSNI\",3,1",
        ] {
            _ = bench.at("AT+CSSLCFG=\(setting)")
        }
        bench.startAndAcquire(type: 1)
        _ = bench.at("AT+CMQTTSSLCFG=0,3")
        bench.connect("broker.example")
        #expect(
            bench.uplink.connections[0]?.tls
                == UplinkTLS(
                    version: 3,
                    verifiesServer: true,
                    ca: Array("CA".utf8),
                    certificate: Array("CERT".utf8),
                    key: Array("KEY".utf8),
                    keyPassword: Array("PASS".utf8),
                    checksDatesAt: 1_772_357_400,
                    serverName: "broker.example",
                    timeout: 20
                )
        )
        _ = bench.at("AT+CMQTTDISC=0,60")
        // Not bound: the context with the client's number, which is untouched.
        bench.connect("10.0.0.1")
        #expect(bench.uplink.connections[0]?.tls == UplinkTLS(verifiesServer: false))
    }

    @Test("authmode decides which files go along") func authModes() {
        for (mode, ca, certificate) in [(0, false, false), (1, true, false), (2, true, true), (3, false, true)] {
            var bench = Bench()
            for name in ["ca.pem", "c.pem", "k.pem"] { _ = bench.at("AT+CCERTDOWN=\"\(name)\",1", data: "x") }
            for (keyword, name) in [("cacert", "ca.pem"), ("clientcert", "c.pem"), ("clientkey", "k.pem")] {
                _ = bench.at("AT+CSSLCFG=\"\(keyword)\",0,\"\(name)\"")
            }
            _ = bench.at("AT+CSSLCFG=\"authmode\",0,\(mode)")
            bench.startAndAcquire(type: 1)
            bench.connect()
            let tls = bench.uplink.connections[0]?.tls
            #expect((tls?.ca != nil) == ca && tls?.verifiesServer == ca)
            #expect((tls?.certificate != nil) == certificate && (tls?.key != nil) == certificate)
        }
    }

    @Test("A name that is not set is code 33, a file that does not exist 34, behind 25") func missing() {
        var bench = Bench()
        bench.startAndAcquire(type: 1)
        _ = bench.at("AT+CSSLCFG=\"authmode\",0,1")
        #expect(bench.at("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1") == Answers.okThen("+CMQTTCONNECT: 0,33"))
        _ = bench.at("AT+CSSLCFG=\"cacert\",0,\"ca.pem\"")
        #expect(bench.at("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1") == Answers.okThen("+CMQTTCONNECT: 0,34"))
        #expect(bench.at("AT+CMQTTCONNECT=0,\"tcp://b.invalid:1883\",60,1") == Answers.okThen("+CMQTTCONNECT: 0,25"))
    }

    @Test("certExists refuses names of files that are not there") func certExists() {
        var profile = Profile.a7600
        profile.certExists = true
        var bench = Bench(profile)
        #expect(bench.at("AT+CSSLCFG=\"cacert\",0,\"ca.pem\"") == Answers.error)
        _ = bench.at("AT+CCERTDOWN=\"ca.pem\",1", data: "x")
        #expect(bench.at("AT+CSSLCFG=\"cacert\",0,\"ca.pem\"") == Answers.ok)
    }
}
