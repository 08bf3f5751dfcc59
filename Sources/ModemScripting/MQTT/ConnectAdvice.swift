import A7600
import LuaRuntime

/// Why a connection may have failed, from what was configured and what the module can still tell.
struct ConnectAdvice: Sendable {
    let client: MQTTClientObject
    let host: String
    let port: Int

    init(_ client: MQTTClientObject, host: String, port: Int) {
        self.client = client
        self.host = host
        self.port = port
    }

    /// Nil: the code's own advice is all there is to say.
    func causes(of code: ResultCode, _ flow: Flow) async -> String? {
        nil
    }
}
