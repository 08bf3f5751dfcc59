/// What a private broker should offer.
package struct PrivateBrokerConfiguration: Sendable {
    /// How much the broker writes into its log.
    package enum Detail: Equatable, Sendable {
        /// Connections, errors, access refused.
        case events
        /// Every packet as well; a little slower.
        case packets
    }

    /// The certificates of the TLS listeners.
    package struct TLS: Sendable {
        /// The authority's own certificate, PEM.
        package var authority: [UInt8]
        package var server: TestCertificate

        package init(authority: [UInt8], server: TestCertificate) {
            self.authority = authority
            self.server = server
        }
    }

    /// The port of the plain listener; nil: any free one.
    package var port: Int?
    package var detail = Detail.events
    /// Listeners with TLS: one that takes any client, one for those with a certificate of the authority. Nil: none.
    package var tls: TLS?
    /// A plain listener that takes only these users, by password. Nil: none.
    package var users: [String: String]?
    /// Access rules for the listener with passwords alone, instead of `accessRules`. Nil: those.
    package var userRules: String?
    /// Access rules for all listeners, in the format of mosquitto's `acl_file`. Nil: everything is allowed.
    package var accessRules: String?
    /// What every client identifier must begin with. Nil: anything.
    package var identifierPrefix: String?

    /// How long it may take until the broker answers.
    package var startLimit = Duration.seconds(10)
    /// How long a broker that was told to end is waited for. A machine without threads or descriptors may never tell of
    /// its end, while the run that needs no broker any more wants to go on.
    package var endLimit = Duration.seconds(5)

    /// Where the program `mosquitto` is looked for, in this order; the last two are where Debian puts it, which is not in
    /// every user's PATH.
    package var searchPath: [String]

    package init(
        port: Int? = nil,
        detail: Detail = .events,
        searchPath: [String] = MosquittoProgram.defaultSearchPath()
    ) {
        self.port = port
        self.detail = detail
        self.searchPath = searchPath
    }

    package func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }
}
