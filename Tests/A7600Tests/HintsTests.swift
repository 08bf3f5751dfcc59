import ATProtocol
import Testing

@testable import A7600

@Suite struct HintsTests {
    /// A mutual TLS connection in which nothing is wrong.
    private func healthy() -> ConnectionDescription {
        var settings = TLSSettings(context: 0)
        settings.authmode = 2
        (settings.caFile, settings.certificateFile, settings.keyFile) = ("ca.pem", "c.pem", "k.pem")
        settings.sendsServerName = true
        var description = ConnectionDescription(host: "broker.example", port: 8883, serverType: .tls)
        description.settings = settings
        description.configuredContext = 0
        description.usedContext = 0
        description.storedFiles = ["ca.pem", "c.pem", "k.pem"]
        description.files = [
            "ca.pem": FileFacts(kind: .root, sourceBytes: 1200, sentBytes: 1200), "c.pem": FileFacts(kind: .leaf),
            "k.pem": FileFacts(kind: .key(.rsa), fitsCertificate: true),
        ]
        description.firmware = "A7600C_V1.0"
        return description
    }

    private func checks(_ change: (inout ConnectionDescription) -> Void) -> [String] {
        var description = healthy()
        change(&description)
        return Hints.ranked(for: .handshakeFailed, description)
    }

    @Test func whereNothingIsWrongTheLastResortNamesTheFirmware() {
        #expect(
            checks { _ in } == [
                "nothing wrong is seen from here: check firmware A7600C_V1.0, the broker's log, and the same connection "
                    + "from a computer with the same files"
            ]
        )
    }

    @Test(arguments: [15, 26, 32, 33, 34])
    func allCodesBehindWhichTLSTroubleHidesGetTheSameChecks(code: Int) {
        let hints = Hints.ranked(for: ResultCode(rawValue: code), healthy())
        #expect(hints.first?.hasPrefix("nothing wrong is seen") == true)
    }

    @Test func anyOtherCodeGetsItsAdvice() {
        #expect(
            Hints.ranked(for: .dnsError, healthy()) == [
                "typing error, private DNS; try the IP address; check the APN's DNS"
            ]
        )
        #expect(Hints.ranked(for: .succeeded, healthy()) == [])
        #expect(Hints.ranked(for: ResultCode(rawValue: 99), healthy()) == [])
    }

    @Test func aNeededFileThatIsNotSetOrNotStoredComesFirst() {
        #expect(
            checks { $0.settings?.caFile = "" } == ["cacert of context 0 is not set, and authmode 2 needs it: set it"]
        )
        #expect(
            checks { $0.storedFiles = ["ca.pem", "c.pem"] } == [
                "clientkey of context 0 names k.pem, which is not in CCERTLIST: install it, or correct the name"
            ]
        )
        // Without client authentication its files are not needed.
        #expect(
            checks {
                $0.settings?.authmode = 1
                $0.settings?.certificateFile = ""
            }.first?.hasPrefix("nothing wrong") == true
        )
        #expect(
            checks {
                $0.settings?.authmode = 3
                $0.settings?.caFile = ""
            }.first?.hasPrefix("nothing wrong") == true
        )
    }

    @Test func anotherContextThanTheConfiguredOneIsNamed() {
        #expect(
            checks { $0.configuredContext = 3 }.first?.hasPrefix("context 3 was set up, and context 0 was used") == true
        )
    }

    @Test func theClockCountsOnlyWhereDatesAreChecked() throws {
        let unset = try #require(ModuleTime("70/01/01,00:00:00+00"))
        #expect(checks { $0.clock = unset }.first?.hasPrefix("nothing wrong") == true)
        #expect(
            checks {
                $0.clock = unset
                $0.settings?.ignoresLocalTime = false
            } == ["ignorelocaltime is 0 and the clock is not set, so every certificate is invalid: sync_clock first"]
        )
        let now = try #require(ModuleTime("26/03/01,00:00:00+00"))
        #expect(
            checks {
                $0.clock = now
                $0.settings?.ignoresLocalTime = false
                $0.files["c.pem"]?.notAfter = now.secondsSince1970 - 1
                $0.files["ca.pem"]?.notBefore = now.secondsSince1970 + 1
            } == [
                "ca.pem is not valid yet by the module's clock (26/03/01,00:00:00+00): set the clock, or ignorelocaltime 1",
                "c.pem has expired by the module's clock (26/03/01,00:00:00+00): renew it, or set the clock",
            ]
        )
    }

    @Test func serverNameMattersForNamesOnly() {
        #expect(
            checks { $0.settings?.sendsServerName = false }.first?.hasPrefix("enableSNI is 0 and broker.example")
                == true
        )
        for address in ["192.0.2.7", "2001:db8::7"] {
            #expect(
                checks {
                    $0.host = address
                    $0.settings?.sendsServerName = false
                }.first?.hasPrefix("nothing wrong") == true
            )
        }
    }

    @Test func certificateAndKeyHaveToBeUsedAndToFit() {
        #expect(
            checks { $0.settings?.authmode = 1 } == [
                "certificate and key are set, but authmode 1 does not send them: set authmode to 2"
            ]
        )
        #expect(
            checks { $0.files["k.pem"]?.fitsCertificate = false } == [
                "k.pem does not belong to c.pem: install the pair again"
            ]
        )
    }

    @Test(arguments: [
        (FileFacts(kind: .leaf), "ca.pem is a server's own certificate: use the root that signed it"),
        (FileFacts(kind: .intermediate), "ca.pem is an intermediate certificate: use the root above it"),
        (FileFacts(kind: .root, hasCRLF: true), "ca.pem has CR LF line ends: convert it to LF and install it again"),
        (
            FileFacts(kind: .root, hasTrailingBytes: true),
            "ca.pem has bytes behind its end line: cut them and install it again"
        ),
        (FileFacts(sourceBytes: 10, sentBytes: 9), "ca.pem has 10 bytes, and 9 were sent: install it again"),
    ])
    func theAuthorityHasToBeARootAndWhole(facts: FileFacts, hint: String) {
        #expect(checks { $0.files["ca.pem"] = facts } == [hint])
    }

    @Test(arguments: [
        (FileFacts.KeyKind.encrypted, "k.pem is encrypted: convert it to an unencrypted BEGIN RSA PRIVATE KEY"),
        (.ellipticCurve, "k.pem is an elliptic curve key: use an RSA key and certificate"),
        (.pkcs8, "k.pem is not BEGIN RSA PRIVATE KEY: convert it to an unencrypted BEGIN RSA PRIVATE KEY"),
    ])
    func keysThatFirmwaresDoNotTakeAreNamed(kind: FileFacts.KeyKind, hint: String) {
        #expect(checks { $0.files["k.pem"] = FileFacts(kind: .key(kind)) } == [hint])
    }

    @Test func oldVersionsAndThePortOfTheOtherKindAreNamed() {
        #expect(checks { $0.settings?.version = 2 } == ["sslversion 2 is refused by servers of today: set 3 or 4"])
        #expect(checks { $0.port = 1883 } == ["server type 1 is TLS, and port 1883 is usually plain: try 8883"])
        #expect(
            checks { $0.serverType = .tcp } == [
                "server type 0 is plain, and port 8883 is usually TLS: acquire with type 1"
            ]
        )
    }

    @Test func whatAppliesIsListedInTheOrderOfLikelihood() {
        let hints = checks {
            $0.port = 1883
            $0.settings?.version = 1
            $0.files["k.pem"] = FileFacts(kind: .key(.encrypted), fitsCertificate: false)
            $0.files["ca.pem"] = FileFacts(kind: .leaf, hasCRLF: true)
            $0.settings?.sendsServerName = false
            $0.clock = ModuleTime("70/01/01,00:00:00+00")
            $0.settings?.ignoresLocalTime = false
            $0.configuredContext = 1
            $0.storedFiles = []
        }
        let starts = [
            "cacert of", "clientcert of", "clientkey of", "context 1 was", "ignorelocaltime is 0", "enableSNI is 0",
            "k.pem does not belong", "ca.pem is a server's", "ca.pem has CR LF", "k.pem is encrypted", "sslversion 1",
            "server type 1",
        ]
        #expect(hints.count == starts.count)
        for (hint, start) in zip(hints, starts) { #expect(hint.hasPrefix(start)) }
    }

    @Test func whatIsNotKnownIsNotGuessed() {
        let description = ConnectionDescription(host: "broker.example", port: 8883, serverType: .tls)
        let hints = Hints.ranked(for: .handshakeFailed, description)
        #expect(hints.count == 1)
        #expect(hints.first?.contains("the firmware revision (ATI)") == true)
    }

    @Test(arguments: [
        (ATFailure.Code.result(.mqtt, 19), "left over from before a host restart; mqtt:reset()" as String?),
        (.result(.time, 6), "the time server did not answer"), (.result(.mqtt, 99), nil),
        (.cme(14), "usual just after boot: try again for 30 s"),
        (.cme(10), "no SIM, or not readable: check the holder"),
        (.cme(nil), nil), (.cms(310), "no SIM, or not readable: check the holder"),
        (.cms(1), "Unassigned (unallocated) number"), (.cms(9999), nil), (.cms(nil), nil),
        (.error, nil), (.cancelled, nil), (.argument, nil),
        (.lost(.connection(client: 1, cause: 1)), "client 1: closed by the server; connect again"),
        (.lost(.network), "the network is gone and the MQTT service has stopped: wait for registration, then START"),
        (.timeout(.result), "the module took the command and never told how it went: the outcome is unknown"),
        (.timeout(.queue), nil),
    ])
    func aFailureHasAdviceWhereThereIsSomethingToSay(code: ATFailure.Code, advice: String?) {
        #expect(Hints.advice(for: code) == advice)
    }
}
