public import ATProtocol

/// One SSL context as `AT+CSSLCFG?` shows it.
public struct TLSSettings: Hashable, Sendable {
    /// 0 to 9.
    public var context: Int
    /// 0 SSL 3.0, 1 TLS 1.0, 2 TLS 1.1, 3 TLS 1.2, 4 all up to TLS 1.2.
    public var version = 4
    /// 0 none, 1 server, 2 both, 3 client only.
    public var authmode = 0
    public var ignoresLocalTime = true
    /// Seconds.
    public var negotiateTime = 300
    /// Empty: not set.
    public var caFile = ""
    public var certificateFile = ""
    public var keyFile = ""
    public var passwordFile = ""
    public var sendsServerName = false

    /// The values after a restart.
    public init(context: Int) {
        self.context = context
    }

    /// Nil: not a line of this kind. A line that is cut in its quotes gives nil too.
    public init?(_ line: Line, profile: Profile) {
        guard let answer = AnswerLine(line, prefix: "+CSSLCFG"), let context = answer.integer(0),
            let version = answer.integer(1), let authmode = answer.integer(2), let ignores = answer.integer(3),
            let time = answer.integer(4), let ca = answer.text(5), let certificate = answer.text(6),
            let key = answer.text(7)
        else { return nil }
        self.init(context: context)
        self.version = version
        self.authmode = authmode
        ignoresLocalTime = ignores != 0
        negotiateTime = time
        (caFile, certificateFile, keyFile) = (ca, certificate, key)
        switch profile.sslRead {
        case .passwordAndSNI:
            passwordFile = answer.text(8) ?? ""
            sendsServerName = answer.integer(9) == 1
        case .sniKeyPasswordAndCiphers:
            sendsServerName = answer.integer(8) == 1
        }
    }

    /// What `AT+CSSLCFG="<keyword>",…` would have to say to get this value. Nil: the line does not show it.
    public func value(of keyword: Profile.SSLKeyword) -> Argument? {
        switch keyword {
        case .sslversion: .integer(version)
        case .authmode: .integer(authmode)
        case .ignorelocaltime: .flag(ignoresLocalTime)
        case .negotiatetime: .integer(negotiateTime)
        case .cacert: .text(caFile)
        case .clientcert: .text(certificateFile)
        case .clientkey: .text(keyFile)
        case .password: .text(passwordFile)
        case .enableSNI: .flag(sendsServerName)
        case .keypwd, .ciphersuites: nil
        }
    }
}
