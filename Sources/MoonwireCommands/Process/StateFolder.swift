internal import Glibc

/// Where runs keep their records: `$XDG_STATE_HOME/moonwire`, else `~/.local/state/moonwire`.
enum StateFolder {
    static var path: String {
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/moonwire" }
        return (environment("HOME") ?? "/tmp") + "/.local/state/moonwire"
    }

    /// A new folder `runs/<id>/`, readable by its owner only. The id sorts by time.
    static func makeRunFolder(now: Int = time(nil)) throws(CommandFailure) -> String {
        let runs = path + "/runs"
        try make(runs)
        for attempt in 0..<100 {
            let candidate = runs + "/" + timestamp(now) + "-" + suffix(attempt)
            if mkdir(candidate, 0o700) == 0 { return candidate }
            guard errno == EEXIST else { break }
        }
        throw CommandFailure(.usage, "cannot make a folder below \(runs): \(systemMessage(errno))")
    }

    /// Makes the folder and those it is in.
    static func make(_ path: String) throws(CommandFailure) {
        var built = ""
        for part in path.split(separator: "/") {
            built += "/" + part
            if mkdir(built, 0o700) != 0 && errno != EEXIST {
                throw CommandFailure(
                    .usage,
                    "cannot make the folder \(built): \(systemMessage(errno)); set XDG_STATE_HOME to a writable one"
                )
            }
        }
    }

    private static func timestamp(_ now: Int) -> String {
        var now = now
        var parts = tm()
        gmtime_r(&now, &parts)
        var buffer = [CChar](repeating: 0, count: 32)
        strftime(&buffer, buffer.count, "%Y%m%dT%H%M%SZ", &parts)
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func suffix(_ attempt: Int) -> String {
        let number = UInt32(truncatingIfNeeded: Int(getpid()) * 100 + attempt)
        return String(number, radix: 36)
    }
}

/// Where files lie that can be made anew: `$XDG_CACHE_HOME/moonwire`, else `~/.cache/moonwire`.
enum CacheFolder {
    static var path: String {
        if let cache = environment("XDG_CACHE_HOME"), cache.hasPrefix("/") { return cache + "/moonwire" }
        return (environment("HOME") ?? "/tmp") + "/.cache/moonwire"
    }

    /// Certificates and password for private brokers (see `BrokerCredentials`).
    static var brokerCredentials: String { path + "/broker" }
}

/// An environment variable; an empty one counts as absent.
func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
}
