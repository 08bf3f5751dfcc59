extension Profile {
    /// How a command with an asynchronous result succeeds.
    public enum SuccessOrder: String, CaseIterable, Sendable {
        /// Order A: `OK`, then the result.
        case okThenResult
        /// Order B: the result, then `OK`.
        case resultThenOK
    }

    /// How a command with an asynchronous result fails.
    public enum FailureOrder: String, CaseIterable, Sendable {
        /// Order A: `OK`, then the result.
        case okThenResult
        /// Order C: the result, then `ERROR`.
        case resultThenError
        /// Order D: `ERROR`, then the result.
        case errorThenResult
        /// Order E: `ERROR` alone.
        case errorAlone
    }

    /// The answer to a command that finds the state it asks for already there.
    public enum StateAnswer: Hashable, Sendable {
        /// Order E: `ERROR` alone.
        case error
        /// Order K: `OK` alone.
        case ok
        /// Order C: the result with this code, then `ERROR`.
        case result(ResultCode)
    }

    public enum CfgFailure: String, CaseIterable, Sendable {
        /// Order E.
        case error
        /// Order B, with code 10, 12, 13 or 20.
        case resultThenOK
    }

    /// Whether the data after a prompt come back.
    public enum DataEcho: String, CaseIterable, Sendable {
        case off
        /// While command echo is on.
        case withEcho
        case always
    }

    public enum Acceptance: String, CaseIterable, Sendable { case accepted, error }

    public enum ReadForm: String, CaseIterable, Sendable { case error, lines }

    /// Where the MQTT version is chosen; 3.1 unless it is.
    public enum MQTTVersionChoice: String, CaseIterable, Sendable {
        case notSelectable
        /// `AT+CMQTTCFG="version",<i>,<3|4>`.
        case cfgKeyword
        /// The fourth parameter of ACCQ, 3 or 4.
        case acquireParameter
    }

    /// A keyword of `AT+CMQTTCFG`, spelt as on the wire.
    public enum CfgKeyword: String, CaseIterable, Sendable { case checkUTF8, optimeout, aliauth, version, argtopic }

    /// A keyword of `AT+CSSLCFG`, spelt as on the wire.
    public enum SSLKeyword: String, CaseIterable, Sendable {
        case sslversion, authmode, ignorelocaltime, negotiatetime, cacert, clientcert, clientkey
        case password, enableSNI, keypwd, ciphersuites

        /// Those that every firmware has, up to `clientkey`.
        public static let common: [SSLKeyword] = [
            .sslversion, .authmode, .ignorelocaltime, .negotiatetime, .cacert, .clientcert, .clientkey,
        ]
    }

    /// The fields behind the key file in the lines of `AT+CSSLCFG?`.
    public enum SSLReadTail: String, CaseIterable, Sendable {
        /// `"",0`.
        case passwordAndSNI
        /// `0,"",0x0`.
        case sniKeyPasswordAndCiphers
    }

    /// The line that announces a boot and what follows it.
    public enum BootFamily: String, CaseIterable, Sendable {
        /// `*ATREADY: 1`.
        case atReady
        /// `RDY`.
        case rdy
    }

    public enum Pace: String, CaseIterable, Sendable {
        /// Every answer at once, boot in 50 ms.
        case fast
        /// The times seen on real modules.
        case real
    }

    /// How the simulator carries topic bytes that are not UTF-8, or are control characters, to a broker.
    public enum TopicBytes: String, CaseIterable, Sendable {
        /// As U+EE00 + byte to the private broker, as they are to a foreign one.
        case auto
        case translated
        case verbatim
    }

    /// A range of seconds, and how the test answer prints it.
    public struct TimeoutRange: Hashable, Sendable {
        public var seconds: ClosedRange<Int>
        public var testText: String

        public init(seconds: ClosedRange<Int>, testText: String) {
            self.seconds = seconds
            self.testText = testText
        }
    }
}
