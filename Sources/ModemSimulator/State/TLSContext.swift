/// One of the ten SSL contexts of `AT+CSSLCFG`.
struct TLSContext: Equatable, Sendable {
    /// `sslversion`: 0 SSL 3.0, 1 TLS 1.0, 2 TLS 1.1, 3 TLS 1.2, 4 all of them.
    var version = 4
    /// `authmode`: 0 none, 1 server, 2 both, 3 client only.
    var authMode = 0
    /// `ignorelocaltime` 1: certificates are valid whatever the clock says.
    var ignoresLocalTime = 1
    /// `negotiatetime`, seconds.
    var negotiationTime = 300
    var ca: [UInt8] = []
    var certificate: [UInt8] = []
    var key: [UInt8] = []
    /// The name of a file that holds the key's password.
    var passwordFile: [UInt8] = []
    /// `enableSNI`.
    var sendsServerName = 0
    /// `keypwd` and `ciphersuites` exist on some firmwares; nothing acts upon them.
    var keyPassword: [UInt8] = []
    var cipherSuites = "0x0"

    var verifiesServer: Bool { authMode == 1 || authMode == 2 }
    var presentsCertificate: Bool { authMode == 2 || authMode == 3 }

    /// Whether a file that `authmode` needs has no name (code 33).
    var lacksName: Bool {
        (verifiesServer && ca.isEmpty) || (presentsCertificate && (certificate.isEmpty || key.isEmpty))
    }
}
