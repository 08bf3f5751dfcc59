import Testing

@testable import A7600

@Suite struct ProfileTests {
    @Test func threeProfilesAreKnownByNameAndTheFirstIsTheManualsOwn() {
        #expect(Profile.allNames == ["a7600", "a7670", "sim7600"])
        for name in Profile.allNames { #expect(Profile(name: name)?.name == name) }
        #expect(Profile(name: "a7600") == .a7600)
        #expect(Profile(name: "A7600") == nil)
        #expect(Profile(name: "sim7000") == nil)
    }

    /// One row of the table of switches: the value in `a7600`, `a7670` and `sim7600`.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let check: @Sendable (Profile) -> String
        let expected: [String]
        var testDescription: String { name }

        init<Value: Sendable>(
            _ name: String,
            _ path: any KeyPath<Profile, Value> & Sendable,
            _ expected: [Value]
        ) {
            self.name = name
            check = { String(describing: $0[keyPath: path]) }
            self.expected = expected.map { String(describing: $0) }
        }
    }

    static let profiles: [Profile] = [.a7600, .a7670, .sim7600]

    static let orders: [Row] = [
        Row("startOrder", \.startOrder, [.okThenResult, .okThenResult, .resultThenOK]),
        Row("stopOrder", \.stopOrder, [.okThenResult, .okThenResult, .resultThenOK]),
        Row("discOrder", \.discOrder, [.okThenResult, .okThenResult, .resultThenOK]),
        Row("startFail", \.startFail, [.okThenResult, .okThenResult, .resultThenError]),
        Row("stopFail", \.stopFail, [.okThenResult, .resultThenError, .resultThenError]),
        Row("startedTwice", \.startedTwice, [.error, .error, .result(.init(rawValue: 23))]),
        Row("stopNotRunning", \.stopNotRunning, [.error, .error, .result(.init(rawValue: 9))]),
        Row("connectFail", \.connectFail, [.okThenResult, .resultThenError, .okThenResult]),
        Row("requestFail", \.requestFail, [.okThenResult, .resultThenError, .okThenResult]),
        Row("relNoClient", \.relNoClient, [.result(.init(rawValue: 20)), .result(.init(rawValue: 20)), .ok]),
        Row("cfgFail", \.cfgFail, [.error, .error, .resultThenOK]),
        Row("tlsFail", \.tlsFail.rawValue, [32, 34, 32]),
        Row("discFail", \.discFail.rawValue, [35, 35, 1]),
    ]

    static let commands: [Row] = [
        Row("dataEcho", \.dataEcho, [.off, .off, .withEcho]),
        Row("rxBlank", \.rxBlank, [0, 0, 1]),
        Row("rxSplit", \.rxSplit, [1500, 1500, 1500]),
        Row("subtopicSupported", \.subtopicSupported, [true, true, true]),
        Row("subRead", \.subRead, [.error, .lines, .error]),
        Row("mqttVersion", \.mqttVersion, [.notSelectable, .cfgKeyword, .acquireParameter]),
        Row(
            "cfgKeywords",
            \.cfgKeywords,
            [
                [.checkUTF8, .optimeout], [.checkUTF8, .optimeout, .aliauth, .version, .argtopic],
                [.checkUTF8, .optimeout, .aliauth],
            ]
        ),
        Row("discTimeout text", \.discTimeout.testText, ["(0, 60-180)", "(0,1-180)", "(0,60-180)"]),
        Row("discTimeout", \.discTimeout.seconds, [60...180, 1...180, 60...180]),
        Row("pubTimeout text", \.pubTimeout.testText, ["(60-180)", "(1-180)", "(60-180)"]),
        Row("pubTimeout", \.pubTimeout.seconds, [60...180, 1...180, 60...180]),
        Row("subLength", \.subLength, ["(0-1024)", "(1-1024)", "(1-1024)"]),
        Row("connectTest", \.connectTest, ["[,<user_name>,<pass_word>]", "[,<user_name>,<pass_word>]", ""]),
        Row("unquotedStrings", \.unquotedStrings, [.error, .error, .accepted]),
    ]

    static let modules: [Row] = [
        Row("nonetUrc", \.nonetUrc, [true, true, true]),
        Row("pingUrc", \.pingUrc, [false, false, true]),
        Row("resetUrcs", \.resetUrcs, [false, false, true]),
        Row("bootFamily", \.bootFamily, [.atReady, .atReady, .rdy]),
        Row("cmeShortBreak", \.cmeShortBreak, [false, true, false]),
        Row("legacySocket", \.legacySocket, [.accepted, .error, .accepted]),
        Row("lineLimit", \.lineLimit, [3071, 3071, 559]),
        Row("nameLimit", \.nameLimit, [108, 108, 128]),
        Row("certMove", \.certMove, [.accepted, .accepted, .error]),
        Row("sslRead", \.sslRead, [.passwordAndSNI, .passwordAndSNI, .sniKeyPasswordAndCiphers]),
        Row(
            "sslKeywords",
            \.sslKeywords,
            [
                Profile.SSLKeyword.common + [.password, .enableSNI],
                Profile.SSLKeyword.common + [.password, .enableSNI],
                Profile.SSLKeyword.common + [.enableSNI, .keypwd, .ciphersuites],
            ]
        ),
        Row("identity", \.identity, ["A7600C", "A7670E", "SIMCOM_SIM7600G"]),
    ]

    static let equal: [Row] = [
        Row("utf8Payload", \.utf8Payload, [true, true, true]),
        Row("certExists", \.certExists, [false, false, false]),
        Row("hostnameCheck", \.hostnameCheck, [false, false, false]),
        Row("subRetainedEarly", \.subRetainedEarly, [false, false, false]),
        Row("busyDuringRx", \.busyDuringRx, [false, false, false]),
        Row("mqttAbsent", \.mqttAbsent, [false, false, false]),
        Row("nulBeforeBoot", \.nulBeforeBoot, [false, false, false]),
        Row("smsDone", \.smsDone, [true, true, true]),
        Row("cmeeBoot", \.cmeeBoot, [2, 2, 2]),
        Row("pace", \.pace, [.fast, .fast, .fast]),
        Row("topicBytes", \.topicBytes, [.auto, .auto, .auto]),
    ]

    @Test(arguments: orders + commands + modules + equal)
    func aSwitchHasTheValuesOfTheSpecification(row: Row) {
        #expect(Self.profiles.map(row.check) == row.expected)
    }

    @Test func keywordsAreSpeltAsOnTheWire() {
        let keywords = Profile.SSLKeyword.allCases.map(\.rawValue)
        #expect(
            keywords == [
                "sslversion", "authmode", "ignorelocaltime", "negotiatetime", "cacert", "clientcert", "clientkey",
                "password", "enableSNI", "keypwd", "ciphersuites",
            ]
        )
        #expect(
            Profile.CfgKeyword.allCases.map(\.rawValue) == ["checkUTF8", "optimeout", "aliauth", "version", "argtopic"]
        )
    }
}
