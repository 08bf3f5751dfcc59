/// `127.0.0.1:7000` on the command line; a host in brackets may hold colons.
struct HostAndPort: Equatable, Sendable {
    var host: String
    var port: Int

    init(parsing text: String, option: String) throws(CommandFailure) {
        guard let colon = text.lastIndex(of: ":"), colon != text.startIndex,
            let port = UInt16(text[text.index(after: colon)...])
        else {
            throw CommandFailure(.usage, "\(option) \(text): host:port expected, such as 127.0.0.1:7000")
        }
        host = String(text[..<colon].drop { $0 == "[" }.prefix { $0 != "]" })
        self.port = Int(port)
    }
}
