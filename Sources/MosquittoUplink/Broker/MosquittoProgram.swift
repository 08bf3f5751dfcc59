import Glibc

/// Where the program `mosquitto` is.
enum MosquittoProgram {
    /// Looks through PATH and then where Debian puts it, which is not in every user's PATH.
    static func find(path: String? = getenv("PATH").map { String(cString: $0) }) throws(PrivateBrokerError) -> String {
        let folders = (path ?? "").split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin"]
        for folder in folders where access("\(folder)/mosquitto", X_OK) == 0 {
            return "\(folder)/mosquitto"
        }
        throw PrivateBrokerError(.notInstalled)
    }
}
