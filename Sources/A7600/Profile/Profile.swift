/// Where firmwares of the family differ, as switches. Code asks for a switch, never for the profile's name.
///
/// `a7600` follows the MQTT manual V1.00, `a7670` the AT manual V1.09 with logs of the A7670 class, `sim7600` the
/// SIM7500/SIM7600 manual 3.00 with logs of the SIM7600. Every switch may be turned over by itself.
public struct Profile: Equatable, Sendable {
    /// What an operator types and a report shows.
    public var name: String

    // Orders of answers.
    /// How START succeeds.
    public var startOrder: SuccessOrder = .okThenResult
    /// How STOP succeeds.
    public var stopOrder: SuccessOrder = .okThenResult
    /// How DISC succeeds.
    public var discOrder: SuccessOrder = .okThenResult
    /// How START fails for a reason other than being started.
    public var startFail: FailureOrder = .okThenResult
    /// How STOP fails for a reason other than being stopped.
    public var stopFail: FailureOrder = .okThenResult
    /// How CONNECT reports a failure that comes from the network.
    public var connectFail: FailureOrder = .okThenResult
    /// How PUB, SUB and UNSUB report a failure that comes from the network.
    public var requestFail: FailureOrder = .okThenResult
    /// START while started.
    public var startedTwice: StateAnswer = .error
    /// STOP while stopped.
    public var stopNotRunning: StateAnswer = .error
    /// REL of a client that is not acquired.
    public var relNoClient: StateAnswer = .result(.clientNotAcquired)
    /// How CMQTTCFG refuses.
    public var cfgFail: CfgFailure = .error

    // Result codes.
    /// The code of a TLS negotiation that failed.
    public var tlsFail: ResultCode = .handshakeFailed
    /// The code of a DISC whose farewell failed on the line: 35, or 1 where 35 does not exist.
    public var discFail: ResultCode = .disconnectFailed

    // Data and received messages.
    public var dataEcho: DataEcho = .off
    /// Empty lines before each `+CMQTTRX` line after the first: 0 or 1.
    public var rxBlank = 0
    /// Bytes in one piece of a received topic or payload.
    public var rxSplit = 1500
    public var utf8Payload = true
    /// Whether messages that stream out make the client busy (14).
    public var busyDuringRx = false
    /// Whether retained messages come before the result of SUB.
    public var subRetainedEarly = false
    /// How topic bytes that no broker takes travel to it.
    public var topicBytes: TopicBytes = .auto

    // Forms and ranges of the MQTT commands.
    public var mqttAbsent = false
    public var subtopicSupported = true
    public var subRead: ReadForm = .error
    public var mqttVersion: MQTTVersionChoice = .notSelectable
    /// In the order of the test answer.
    public var cfgKeywords: [CfgKeyword] = [.checkUTF8, .optimeout]
    /// DISC: 0 is allowed beside the range.
    public var discTimeout = TimeoutRange(seconds: 60...180, testText: "(0, 60-180)")
    public var pubTimeout = TimeoutRange(seconds: 60...180, testText: "(60-180)")
    /// The length in the test answers of SUB and UNSUB; 1 to 1024 is what they take.
    public var subLength = "(0-1024)"
    /// The end of CONNECT's test answer.
    public var connectTest = "[,<user_name>,<pass_word>]"
    public var unquotedStrings: Acceptance = .error

    // Unsolicited lines and boot.
    public var nonetUrc = true
    public var pingUrc = false
    public var resetUrcs = false
    public var bootFamily: BootFamily = .atReady
    public var nulBeforeBoot = false
    public var smsDone = true

    // General commands.
    /// `+CME ERROR` lines with one line break less than usual before them.
    public var cmeShortBreak = false
    /// The value of CMEE after a boot.
    public var cmeeBoot = 2
    /// CGSOCKCONT and CSOCKAUTH.
    public var legacySocket: Acceptance = .accepted
    /// Longest command line after `AT`, in bytes.
    public var lineLimit = 3071
    /// The answer to CGMM.
    public var identity = "A7600C"
    public var pace: Pace = .fast

    // TLS contexts and certificates.
    /// Longest file name, in bytes; the shortest has 5.
    public var nameLimit = 108
    /// In the order of the test answer.
    public var sslKeywords: [SSLKeyword] = SSLKeyword.common + [.password, .enableSNI]
    public var sslRead: SSLReadTail = .passwordAndSNI
    public var certMove: Acceptance = .accepted
    /// Whether CSSLCFG refuses the name of a file that does not exist.
    public var certExists = false
    /// Whether the module compares the host name with the server's certificate.
    public var hostnameCheck = false

    /// The values of `a7600`, under another name.
    init(named name: String) {
        self.name = name
    }
}
