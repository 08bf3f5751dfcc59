extension Commands {
    static let tls: [CommandDescription] = [tlsContext]
}
