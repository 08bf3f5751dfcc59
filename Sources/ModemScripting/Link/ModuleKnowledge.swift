import A7600

/// What the host knows of the module's state, from what it has sent and heard. The module keeps its state when the host
/// starts anew, so everything begins as unknown.
struct ModuleKnowledge: Sendable {
    enum Service: Sendable, Equatable { case unknown, started, stopped }

    struct Client: Sendable, Equatable {
        /// Acquired by this run.
        var isAcquired = false
        var isConnected = false
    }

    var service = Service.unknown
    var clients = [Client(), Client()]
    /// SSL contexts as last read or written, by index.
    var contexts: [Int: TLSSettings] = [:]
    /// What this run has set, by number of the PDP context: no module shows it.
    var authentications: [Int: PDPRequest.Authentication] = [:]
    /// Files this run has sent, by name.
    var files: [String: SentFile] = [:]
    /// Whether the firmware refused SUBTOPIC: filters then go one at a time.
    var refusesFilterQueue = false

    /// A restart clears all but the files.
    mutating func restarted() {
        let kept = files
        self = ModuleKnowledge()
        service = .stopped
        files = kept
    }

    /// It may have restarted, or not, while the port was away.
    mutating func portLost() {
        restarted()
        service = .unknown
    }

    /// `+CMQTTNONET`: the service stops; files and contexts stay.
    mutating func networkGone() {
        service = .stopped
        clients = [Client(), Client()]
    }

    mutating func connectionLost(client index: Int) {
        guard clients.indices.contains(index) else { return }
        clients[index].isConnected = false
    }
}

/// A certificate file as it was sent.
struct SentFile: Sendable, Equatable {
    var bytes: Int
    var sha256: String
    /// Of the certificate or key in it: the same for a pair that belongs together.
    var publicKeySHA256: String?
    var facts: FileFacts
}
