import Glibc

/// Where the program `mosquitto` is.
package enum MosquittoProgram {
    /// The folders of PATH, then those where Debian and a local build put it.
    package static func defaultSearchPath() -> [String] {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin"]
    }

    static func find(in folders: [String]) throws(PrivateBrokerError) -> String {
        for folder in folders where access("\(folder)/mosquitto", X_OK) == 0 {
            return "\(folder)/mosquitto"
        }
        throw PrivateBrokerError(.notInstalled)
    }
}
