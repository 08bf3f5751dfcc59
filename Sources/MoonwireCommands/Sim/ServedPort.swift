/// Where a module can be reached.
struct ServedPort: Equatable, Sendable {
    var name: String
    /// What `--port` takes: a link, or `tcp://127.0.0.1:7000`.
    var address: String
    /// The terminal behind a link.
    var device: String?
}
