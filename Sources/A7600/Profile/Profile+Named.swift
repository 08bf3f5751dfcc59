extension Profile {
    /// The MQTT manual V1.00 of the A7600.
    public static let a7600 = Profile(named: "a7600")

    /// The AT manual V1.09 of the A76xx series, and logs of A7670-class modules.
    public static let a7670: Profile = {
        var profile = Profile(named: "a7670")
        profile.stopFail = .resultThenError
        profile.connectFail = .resultThenError
        profile.requestFail = .resultThenError
        profile.tlsFail = .openSessionFailed
        profile.subRead = .lines
        profile.mqttVersion = .cfgKeyword
        profile.cfgKeywords = [.checkUTF8, .optimeout, .aliauth, .version, .argtopic]
        profile.discTimeout = TimeoutRange(seconds: 1...180, testText: "(0,1-180)")
        profile.pubTimeout = TimeoutRange(seconds: 1...180, testText: "(1-180)")
        profile.subLength = "(1-1024)"
        profile.cmeShortBreak = true
        profile.legacySocket = .error
        profile.identity = "A7670E"
        return profile
    }()

    /// The AT manual 3.00 of the SIM7500/SIM7600, and logs of SIM7600 modules.
    public static let sim7600: Profile = {
        var profile = Profile(named: "sim7600")
        profile.startOrder = .resultThenOK
        profile.stopOrder = .resultThenOK
        profile.discOrder = .resultThenOK
        profile.startFail = .resultThenError
        profile.stopFail = .resultThenError
        profile.startedTwice = .result(.networkIsOpened)
        profile.stopNotRunning = .result(.networkNotOpened)
        profile.relNoClient = .ok
        profile.cfgFail = .resultThenOK
        profile.discFail = .failed
        profile.dataEcho = .withEcho
        profile.rxBlank = 1
        profile.mqttVersion = .acquireParameter
        profile.cfgKeywords = [.checkUTF8, .optimeout, .aliauth]
        profile.discTimeout = TimeoutRange(seconds: 60...180, testText: "(0,60-180)")
        profile.subLength = "(1-1024)"
        profile.connectTest = ""
        profile.unquotedStrings = .accepted
        profile.pingUrc = true
        profile.resetUrcs = true
        profile.bootFamily = .rdy
        profile.lineLimit = 559
        profile.identity = "SIMCOM_SIM7600G"
        profile.nameLimit = 128
        profile.sslKeywords = SSLKeyword.common + [.enableSNI, .keypwd, .ciphersuites]
        profile.sslRead = .sniKeyPasswordAndCiphers
        profile.certMove = .error
        return profile
    }()

    private static let all: [Profile] = [a7600, a7670, sim7600]

    /// What `init(name:)` takes; the first is the default.
    public static let allNames = all.map(\Profile.name)

    /// Nil: no profile has this name.
    public init?(name: String) {
        guard let profile = Self.all.first(where: { $0.name == name }) else { return nil }
        self = profile
    }
}
